package dev.aquifer.cli.doctor;

import dev.aquifer.cli.output.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** How fast the disk of a folder writes and reads; the file is gone afterwards. */
final class DiskRate {
    private static final int CHUNK = 4 << 20;
    private static final long MAX_BYTES = 256L << 20;
    private static final Duration SPAN = Duration.ofSeconds(2);

    private DiskRate() {}

    static List<Finding> find(Path folder) {
        try {
            Files.createDirectories(folder);
            FileStore disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.well(
                    "cache folder",
                    folder + ", " + ByteSize.text(free) + " of " + ByteSize.text(disk.getTotalSpace()) + " free ("
                            + disk.type() + ")"));
            if (free < 2 * MAX_BYTES) {
                findings.add(
                        Finding.bad("disk rate", "not measured: less than " + ByteSize.text(2 * MAX_BYTES) + " free"));
                return findings;
            }
            Path file = Files.createTempFile(folder, "doctor", ".tmp");
            try {
                findings.add(Finding.well("disk write", write(file, disk)));
                findings.add(Finding.well("disk read", read(file, disk)));
            } finally {
                Files.delete(file);
            }
            return findings;
        } catch (IOException e) {
            return List.of(Finding.bad("cache folder", folder + " cannot be used: " + e));
        }
    }

    /** A buffer at an address that direct input and output take. */
    private static ByteBuffer buffer(FileStore disk) throws IOException {
        int alignment = Math.toIntExact(disk.getBlockSize());
        return ByteBuffer.allocateDirect(CHUNK + alignment)
                .alignedSlice(alignment)
                .limit(CHUNK);
    }

    /** Up to 256 MiB or two seconds, and then until the disk has it. */
    private static String write(Path file, FileStore disk) throws IOException {
        ByteBuffer buffer = buffer(disk);
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < CHUNK; i += Long.BYTES) {
            buffer.putLong(i, random.nextLong());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            long bytes = 0;
            while (bytes < MAX_BYTES && System.nanoTime() - start < SPAN.toNanos()) {
                buffer.rewind();
                while (buffer.hasRemaining()) {
                    bytes += channel.write(buffer);
                }
            }
            channel.force(true);
            return rate(bytes, start) + ", " + ByteSize.text(bytes) + " in sequence, forced to the disk";
        }
    }

    private static String read(Path file, FileStore disk) throws IOException {
        OpenOption direct = direct();
        if (direct != null) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, direct)) {
                return read(channel, disk) + ", past the system's cache";
            } catch (UnsupportedOperationException | IOException e) {
                // Some file systems have no direct reads: below.
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, disk) + ", mostly from the system's cache (no direct reads here)";
        }
    }

    /** The JDK's option for reads past the cache: in an unsupported package, so the compiler may not see it; null if it is gone. */
    private static @Nullable OpenOption direct() {
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            for (Object option : options) {
                if (option instanceof OpenOption found && option.toString().equals("DIRECT")) {
                    return found;
                }
            }
            return null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static String read(FileChannel channel, FileStore disk) throws IOException {
        ByteBuffer buffer = buffer(disk);
        long start = System.nanoTime();
        long bytes = 0;
        while (System.nanoTime() - start < SPAN.toNanos()) {
            buffer.rewind();
            int count = channel.read(buffer);
            if (count < 0) {
                break;
            }
            bytes += count;
        }
        return rate(bytes, start);
    }

    private static String rate(long bytes, long startNanos) {
        double seconds = Math.max(1, System.nanoTime() - startNanos) / 1e9;
        return String.format(Locale.ROOT, "%.0f MB/s", bytes / seconds / 1e6);
    }
}
