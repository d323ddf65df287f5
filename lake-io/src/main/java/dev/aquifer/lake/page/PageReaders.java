package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.UnsupportedFormatException;
import org.jspecify.annotations.Nullable;

/** Which reader goes with which encoding: one table. */
final class PageReaders {
    static final int PLAIN = 0;
    static final int PLAIN_DICTIONARY = 2;
    static final int RLE = 3;
    static final int BIT_PACKED = 4;
    static final int DELTA_BINARY_PACKED = 5;
    static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    static final int DELTA_BYTE_ARRAY = 7;
    static final int RLE_DICTIONARY = 8;
    static final int BYTE_STREAM_SPLIT = 9;

    private PageReaders() {}

    /** The reader of a page's values, which are the rest of the cursor's bytes. */
    static ValueReader open(
            ColumnLayout layout, int encoding, Cursor in, @Nullable StripeBuffer dictionary, DecodeMemory memory) {
        if (encoding == PLAIN_DICTIONARY || encoding == RLE_DICTIONARY) {
            if (dictionary == null) {
                throw new MalformedException("it has a page of dictionary codes and no dictionary");
            }
            return new ValueReader.Dictionary(new Codes(in), dictionary, memory.codes());
        }
        return switch (layout.stored()) {
            case BOOLEAN -> new ValueReader.Bools(bools(encoding, in));
            case INT32 -> new ValueReader.Longs(longs(encoding, in, 4), layout);
            case INT64 -> new ValueReader.Longs(longs(encoding, in, 8), layout);
            case FLOAT -> new ValueReader.Doubles(doubles(encoding, in, 4));
            case DOUBLE -> new ValueReader.Doubles(doubles(encoding, in, 8));
            case INT96, FIXED_LEN_BYTE_ARRAY -> new ValueReader.Numbers(fixed(encoding, in, layout.width()), layout);
            case BYTE_ARRAY ->
                layout.conversion() == Conversion.TEXT
                        ? new ValueReader.Texts(bytes(encoding, in))
                        : new ValueReader.Numbers(bytes(encoding, in), layout);
        };
    }

    private static Levels bools(int encoding, Cursor in) {
        return switch (encoding) {
            case PLAIN -> new Levels.Plain(in);
            case RLE -> {
                int length = in.i32("the length of booleans");
                int from = in.take(length, "booleans");
                yield new Levels.Runs(new Cursor(in.bytes, from, from + length));
            }
            default -> throw unsupported(encoding, "booleans");
        };
    }

    private static LongSource longs(int encoding, Cursor in, int width) {
        return switch (encoding) {
            case PLAIN -> width == 4 ? new LongSource.PlainInts(in) : new LongSource.PlainLongs(in);
            case DELTA_BINARY_PACKED -> new DeltaBinary(in, width == 4);
            case BYTE_STREAM_SPLIT -> new LongSource.Split(new SplitStreams(in, width));
            default -> throw unsupported(encoding, "integers");
        };
    }

    private static DoubleSource doubles(int encoding, Cursor in, int width) {
        return switch (encoding) {
            case PLAIN -> width == 4 ? new DoubleSource.PlainFloats(in) : new DoubleSource.PlainDoubles(in);
            case BYTE_STREAM_SPLIT -> new DoubleSource.Split(new SplitStreams(in, width));
            default -> throw unsupported(encoding, "floats");
        };
    }

    private static BytesSource fixed(int encoding, Cursor in, int width) {
        return switch (encoding) {
            case PLAIN -> new BytesSource.Fixed(in, width);
            case DELTA_BYTE_ARRAY -> new BytesSource.DeltaBytes(in);
            case BYTE_STREAM_SPLIT -> new BytesSource.Split(new SplitStreams(in, width));
            default -> throw unsupported(encoding, "values of fixed length");
        };
    }

    private static BytesSource bytes(int encoding, Cursor in) {
        return switch (encoding) {
            case PLAIN -> new BytesSource.Plain(in);
            case DELTA_LENGTH_BYTE_ARRAY -> new BytesSource.DeltaLength(in);
            case DELTA_BYTE_ARRAY -> new BytesSource.DeltaBytes(in);
            default -> throw unsupported(encoding, "byte arrays");
        };
    }

    private static UnsupportedFormatException unsupported(int encoding, String what) {
        String name = switch (encoding) {
            case PLAIN -> "PLAIN";
            case RLE -> "RLE";
            case BIT_PACKED -> "BIT_PACKED";
            case DELTA_BINARY_PACKED -> "DELTA_BINARY_PACKED";
            case DELTA_LENGTH_BYTE_ARRAY -> "DELTA_LENGTH_BYTE_ARRAY";
            case DELTA_BYTE_ARRAY -> "DELTA_BYTE_ARRAY";
            case BYTE_STREAM_SPLIT -> "BYTE_STREAM_SPLIT";
            default -> "number " + encoding;
        };
        return new UnsupportedFormatException("it has a page of " + what + " in the encoding " + name);
    }
}
