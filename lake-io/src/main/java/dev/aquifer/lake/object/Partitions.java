package dev.aquifer.lake.object;

import dev.aquifer.lake.object.PathResolver.Candidate;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hive's partition folders: {@code key=value/}. */
final class Partitions {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private Partitions() {}

    /** One folder's key and text; null is SQL's null. */
    private record Entry(String key, @Nullable String value) {}

    static List<LakeFile> attach(List<Candidate> files) {
        List<List<Entry>> entries =
                files.stream().map(file -> parse(file.relativePath())).toList();
        List<String> keys = keys(entries.getFirst());
        for (int i = 0; i < files.size(); i++) {
            if (!keys(entries.get(i)).equals(keys)) {
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED_FILE,
                        "files of one table disagree on their partition folders: "
                                + files.getFirst().object().uri() + " has " + keys + ", "
                                + files.get(i).object().uri() + " has " + keys(entries.get(i)));
            }
        }
        Set<String> distinct = new HashSet<>(keys);
        if (distinct.size() != keys.size()) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE,
                    files.getFirst().object().uri() + " is in partition folders that repeat a key: " + keys);
        }
        List<DataType> types = new ArrayList<>();
        for (int k = 0; k < keys.size(); k++) {
            int column = k;
            types.add(infer(entries.stream().map(row -> row.get(column).value()).toList()));
        }
        List<LakeFile> result = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            List<PartitionValue> values = new ArrayList<>(keys.size());
            for (int k = 0; k < keys.size(); k++) {
                String text = entries.get(i).get(k).value();
                values.add(
                        new PartitionValue(keys.get(k), types.get(k), text == null ? null : value(types.get(k), text)));
            }
            result.add(new LakeFile(files.get(i).object(), values));
        }
        return List.copyOf(result);
    }

    private static List<String> keys(List<Entry> entries) {
        return entries.stream().map(Entry::key).toList();
    }

    private static List<Entry> parse(String relativePath) {
        List<Entry> entries = new ArrayList<>();
        int from = 0;
        for (int slash = relativePath.indexOf('/'); slash >= 0; slash = relativePath.indexOf('/', from)) {
            String folder = relativePath.substring(from, slash);
            int equals = folder.indexOf('=');
            if (equals > 0) {
                String value = decode(folder.substring(equals + 1));
                entries.add(new Entry(decode(folder.substring(0, equals)), value.equals(NULL) ? null : value));
            }
            from = slash + 1;
        }
        return entries;
    }

    /** Percent escapes as bytes of UTF-8; a percent sign that begins none stands for itself, as in Hive. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(utf8.length);
        for (int i = 0; i < utf8.length; i++) {
            int high = utf8[i] == '%' && i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(utf8[i + 2], 16);
            if (low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(utf8[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static DataType infer(List<@Nullable String> values) {
        boolean any = false;
        boolean numbers = true;
        boolean dates = true;
        for (String value : values) {
            if (value != null) {
                any = true;
                numbers = numbers && number(value) != null;
                dates = dates && date(value) != null;
            }
        }
        return !any ? DataType.VARCHAR : numbers ? DataType.INT64 : dates ? DataType.DATE : DataType.VARCHAR;
    }

    private static Object value(DataType type, String text) {
        Long number = type.equals(DataType.INT64) ? number(text) : type.equals(DataType.DATE) ? date(text) : null;
        return number == null ? Bytes.utf8(text) : number;
    }

    private static @Nullable Long number(String text) {
        int digits = text.startsWith("-") ? 1 : 0;
        if (text.length() == digits || !text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null; // too many digits
        }
    }

    private static @Nullable Long date(String text) {
        if (text.length() != 10) {
            return null;
        }
        try {
            return LocalDate.parse(text).toEpochDay();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
