package dev.aquifer.lake.format;

/**
 * A page header.
 *
 * @param type {@link #DATA}, {@link #INDEX}, {@link #DICTIONARY}, {@link #DATA_V2} or a number not known here
 * @param uncompressedBytes bytes of the page once decompressed, levels included
 * @param compressedBytes bytes of the page in the file, without this header
 * @param checked whether {@code crc} was given
 * @param values values of the page, nulls included; -1 where the header for its type is missing
 * @param encoding of the values
 * @param levelEncoding of the definition levels of a {@link #DATA} page
 * @param definitionBytes bytes of the definition levels of a {@link #DATA_V2} page
 * @param repetitionBytes bytes of the repetition levels of a {@link #DATA_V2} page
 * @param compressed whether the values of a {@link #DATA_V2} page are compressed
 * @param end where the page's bytes begin
 */
public record PageHeader(
        int type,
        int uncompressedBytes,
        int compressedBytes,
        boolean checked,
        int crc,
        int values,
        int encoding,
        int levelEncoding,
        int definitionBytes,
        int repetitionBytes,
        boolean compressed,
        int end) {
    public static final int DATA = 0;
    public static final int INDEX = 1;
    public static final int DICTIONARY = 2;
    public static final int DATA_V2 = 3;

    /**
     * Reads a header at {@code bytes[from]}.
     *
     * @throws MalformedException if there is none before {@code end}
     */
    public static PageHeader read(byte[] bytes, int from, int end) {
        CompactReader in = new CompactReader(bytes, from, end);
        int type = -1;
        int uncompressed = -1;
        int compressed = -1;
        boolean checked = false;
        int crc = 0;
        Details data = Details.NONE;
        Details dictionary = Details.NONE;
        Details second = Details.NONE;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 2 -> uncompressed = in.i32();
                case 3 -> compressed = in.i32();
                case 4 -> {
                    crc = in.i32();
                    checked = true;
                }
                case 5 -> data = first(in);
                case 7 -> dictionary = first(in);
                case 8 -> second = second(in);
                default -> in.skip();
            }
        }
        in.leave(outer);
        Details details = switch (type) {
            case DATA -> data;
            case DICTIONARY -> dictionary;
            case DATA_V2 -> second;
            default -> Details.NONE;
        };
        return new PageHeader(
                type,
                uncompressed,
                compressed,
                checked,
                crc,
                details.values,
                details.encoding,
                details.levelEncoding,
                details.definitionBytes,
                details.repetitionBytes,
                details.compressed,
                in.position());
    }

    private record Details(
            int values, int encoding, int levelEncoding, int definitionBytes, int repetitionBytes, boolean compressed) {
        static final Details NONE = new Details(-1, -1, -1, -1, -1, false);
    }

    /** DataPageHeader and DictionaryPageHeader, whose first two fields are the same. */
    private static Details first(CompactReader in) {
        in.expectStruct();
        int values = -1;
        int encoding = -1;
        int levels = -1;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> values = in.i32();
                case 2 -> encoding = in.i32();
                case 3 -> levels = levelEncoding(in);
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new Details(values, encoding, levels, 0, 0, true);
    }

    /** Field 3 is a flag in a dictionary's header, where it says nothing that is needed. */
    private static int levelEncoding(CompactReader in) {
        if (in.isBool()) {
            in.skip();
            return -1;
        }
        return in.i32();
    }

    private static Details second(CompactReader in) {
        in.expectStruct();
        int values = -1;
        int encoding = -1;
        int definition = -1;
        int repetition = -1;
        boolean compressed = true;
        int outer = in.enter();
        while (in.nextField()) {
            switch (in.field()) {
                case 1 -> values = in.i32();
                case 4 -> encoding = in.i32();
                case 5 -> definition = in.i32();
                case 6 -> repetition = in.i32();
                case 7 -> compressed = in.bool();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new Details(values, encoding, -1, definition, repetition, compressed);
    }
}
