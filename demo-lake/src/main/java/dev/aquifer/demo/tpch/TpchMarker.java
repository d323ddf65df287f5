package dev.aquifer.demo.tpch;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The file that says that a generated folder is whole: which scale, by which version of the writer, and how long each file
 * is. Written last.
 */
final class TpchMarker {
    /** Raised whenever the files would come out differently, so that what older versions left is not taken for good. */
    static final String VERSION = "1";

    private static final String NAME = "tpch.properties";

    private TpchMarker() {}

    static void write(Path folder, BigDecimal scale) throws IOException {
        try (Writer writer = Files.newBufferedWriter(folder.resolve(NAME))) {
            expected(folder, scale).store(writer, "TPC-H tables, complete");
        }
    }

    /** Whether the folder holds all files of this scale, in the length in which they were written. */
    static boolean isComplete(Path folder, BigDecimal scale) throws IOException {
        Properties found = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(NAME))) {
            found.load(reader);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IllegalArgumentException e) {
            // Damaged: not a properties file.
            return false;
        }
        return found.equals(expected(folder, scale));
    }

    /** What the marker has to say of the files that are there now. */
    private static Properties expected(Path folder, BigDecimal scale) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("version", VERSION);
        properties.setProperty("scale", scale.toPlainString());
        for (Map.Entry<String, Long> file : lengths(folder).entrySet()) {
            properties.setProperty("length." + file.getKey(), file.getValue().toString());
        }
        return properties;
    }

    private static Map<String, Long> lengths(Path folder) throws IOException {
        Map<String, Long> lengths = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (path.toString().endsWith(".parquet")) {
                    lengths.put(folder.relativize(path).toString(), Files.size(path));
                }
            }
        }
        return lengths;
    }
}
