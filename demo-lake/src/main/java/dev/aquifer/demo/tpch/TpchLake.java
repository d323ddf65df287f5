package dev.aquifer.demo.tpch;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The TPC-H tables of one scale as Parquet files: {@code FOLDER/lineitem/part-00000.parquet} and so on, zstd, row groups of
 * 262,144 rows. Keys are BIGINT, money and quantities DECIMAL(15,2), dates DATE; nothing is nullable. The same scale gives
 * the same files, byte for byte.
 */
public final class TpchLake {
    private static final BigDecimal MIN_SCALE = new BigDecimal("0.001");
    private static final BigDecimal MAX_SCALE = new BigDecimal("1000");

    /** What scale 1 needs on disk, with some room to spare. */
    private static final long BYTES_AT_ONE = 500_000_000L;

    /** File locks are held by the whole process: this keeps its threads apart. */
    private static final Object IN_PROCESS = new Object();

    private final Path folder;
    private final BigDecimal scale;

    private TpchLake(Path folder, BigDecimal scale) {
        this.folder = folder;
        this.scale = scale;
    }

    /**
     * The scale in a text, such as {@code 0.1}, without needless zeros.
     *
     * @throws AquiferException USAGE where it is not a number from 0.001 to 1000
     */
    public static BigDecimal scale(String text) {
        BigDecimal scale;
        try {
            scale = new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new AquiferException(
                    ErrorCode.USAGE, "\"" + text + "\" is not a scale of TPC-H: give a number from 0.001 to 1000", e);
        }
        if (scale.compareTo(MIN_SCALE) < 0 || scale.compareTo(MAX_SCALE) > 0) {
            throw new AquiferException(
                    ErrorCode.USAGE, text + " is out of range for a scale of TPC-H: give a number from 0.001 to 1000");
        }
        BigDecimal stripped = scale.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * The tables of a scale from a folder that keeps them: generated when they are not there, or not whole. Only complete
     * tables ever appear under their name, whatever happens meanwhile, and of several processes one generates.
     *
     * @param cache the folder that keeps them, made where it is missing
     * @throws AquiferException DISK_FULL where they do not fit; STORAGE_UNAVAILABLE where the folder cannot be used;
     *     CANCELLED where the thread is interrupted
     */
    public static TpchLake cached(Path cache, BigDecimal scale, TpchProgress progress) {
        Path folder = cache.resolve("tpch-" + scale.toPlainString());
        Path lockFile = cache.resolve("tpch-" + scale.toPlainString() + ".lock");
        try {
            Files.createDirectories(cache);
            if (TpchMarker.isComplete(folder, scale)) {
                return new TpchLake(folder, scale);
            }
            synchronized (IN_PROCESS) {
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !TpchMarker.isComplete(folder, scale)) {
                        replace(folder, scale, progress);
                    }
                }
            }
            return new TpchLake(folder, scale);
        } catch (IOException e) {
            throw failure(cache, scale, e);
        }
    }

    /**
     * Generates the tables of a scale into a folder, on all cores.
     *
     * @param folder made where it is missing; files of the same names are replaced
     * @throws AquiferException as {@link #cached}
     */
    public static TpchLake generate(Path folder, BigDecimal scale, TpchProgress progress) {
        try {
            checkRoom(folder, scale);
            TpchGeneration.run(folder, scale, progress);
            TpchMarker.write(folder, scale);
            return new TpchLake(folder, scale);
        } catch (IOException e) {
            throw failure(folder, scale, e);
        }
    }

    /** Generates beside, then swaps: a reader sees the old folder, or none, or the new one whole. */
    private static void replace(Path folder, BigDecimal scale, TpchProgress progress) throws IOException {
        Path beside = folder.resolveSibling(folder.getFileName() + ".new");
        // What a killed process left; the lock says that nobody works there now.
        delete(beside);
        generate(beside, scale, progress);
        delete(folder);
        Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkRoom(Path folder, BigDecimal scale) throws IOException {
        Files.createDirectories(folder);
        long needed = scale.multiply(BigDecimal.valueOf(BYTES_AT_ONE)).longValue();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new AquiferException(
                    ErrorCode.DISK_FULL,
                    String.format(
                            Locale.ROOT,
                            "TPC-H at scale %s needs about %d MB, and only %d MB are free in %s: choose a smaller scale, or"
                                    + " another folder",
                            scale.toPlainString(),
                            needed / 1_000_000,
                            free / 1_000_000,
                            folder));
        }
    }

    private static AquiferException failure(Path folder, BigDecimal scale, IOException e) {
        String what = "TPC-H at scale " + scale.toPlainString() + " cannot be written to " + folder + ": " + e;
        String message = e.getMessage();
        boolean full = message != null && message.contains("No space left");
        return new AquiferException(full ? ErrorCode.DISK_FULL : ErrorCode.STORAGE_UNAVAILABLE, what, e);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    public Path folder() {
        return folder;
    }

    public BigDecimal scale() {
        return scale;
    }

    /** The names of the tables, biggest first. */
    public static List<String> tableNames() {
        return TpchSchema.TABLES.stream().map(TpchTableSpec::name).toList();
    }

    /** The folder of each table by its name, biggest table first. */
    public Map<String, Path> tables() {
        Map<String, Path> tables = new LinkedHashMap<>();
        for (String name : tableNames()) {
            tables.put(name, folder.resolve(name));
        }
        return tables;
    }

    /**
     * All Parquet files, in a fixed order.
     *
     * @throws AquiferException STORAGE_UNAVAILABLE where a folder cannot be listed
     */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path table : tables().values()) {
            try (Stream<Path> all = Files.list(table)) {
                all.sorted().forEach(files::add);
            } catch (IOException e) {
                throw failure(folder, scale, e);
            }
        }
        return files;
    }
}
