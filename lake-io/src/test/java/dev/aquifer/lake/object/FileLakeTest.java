package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local files: versions, failures, and which files make a table. */
class FileLakeTest {
    @TempDir
    Path folder;

    private final Lake lake = new Lake(LakeConfig.defaults());

    @AfterEach
    void close() {
        lake.close();
    }

    private Path put(String name) throws IOException {
        return put(name, name.getBytes(StandardCharsets.UTF_8));
    }

    private Path put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private List<String> names(String location) {
        String prefix = "file://" + folder + "/";
        return lake.resolve(location).stream()
                .map(file -> file.object().uri().substring(prefix.length()))
                .toList();
    }

    @Test
    void readsRangesOfAnyName() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Path file = put("sp ace %20 *ü?.parquet", content);
        ObjectVersion version = lake.head(file.toString());
        assertEquals("file://" + file, version.uri());
        assertEquals(content.length, version.size());
        assertEquals(version, lake.head(version.uri()));
        assertEquals(version, lake.resolve(file.toString()).getFirst().object());
        ByteBuffer buffer = ByteBuffer.allocate(2_500_000);
        lake.read(version, 400_000, buffer);
        assertArrayEquals(Arrays.copyOfRange(content, 400_000, 2_900_000), buffer.array());
        lake.read(version, content.length, ByteBuffer.allocate(0));
        assertThrows(
                IllegalArgumentException.class, () -> lake.read(version, content.length - 1, ByteBuffer.allocate(2)));
        assertThrows(IllegalArgumentException.class, () -> lake.read(version, -1, ByteBuffer.allocate(2)));
        assertEquals(
                new LakeMetrics.Snapshot(0, 0, 0, 2, 2_500_000), lake.metrics().snapshot());
    }

    @Test
    void aChangedFileIsNeverReadAsTheOldOne() throws IOException {
        Path file = put("f", new byte[100]);
        ObjectVersion old = lake.head(file.toString());
        Files.write(file, new byte[101]);
        Failures.expect(ErrorCode.OBJECT_CHANGED, () -> lake.read(old, 0, ByteBuffer.allocate(1)), file.toString());
        ObjectVersion longer = lake.head(file.toString());
        // The same length and time, and yet another file.
        Path other = put("other", new byte[101]);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        Failures.expect(ErrorCode.OBJECT_CHANGED, () -> lake.read(longer, 0, ByteBuffer.allocate(1)), file.toString());
        assertNotEquals(longer, lake.head(file.toString()));
        ObjectVersion now = lake.head(file.toString());
        Files.delete(file);
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.read(now, 0, ByteBuffer.allocate(1)), file.toString());
    }

    @Test
    void failuresSayWhatIsWrong() throws IOException {
        Path file = put("f");
        Failures.expect(
                ErrorCode.OBJECT_NOT_FOUND, () -> lake.head(folder + "/no/such"), "no such file", folder + "/no/such");
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.head(file + "/below"), "no such file");
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.head(folder.toString()), "is a folder");
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.resolve(folder + "/nothing"), "no such file or folder");
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.resolve(folder.toString()), "no .parquet file");
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.resolve(folder + "/*.parquet"), "no file matches");
        Failures.expect(ErrorCode.OBJECT_NOT_FOUND, () -> lake.resolve(folder + "/no/*.parquet"), "no file matches");
        Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> lake.head("http://host/x"), "http://host/x");
        Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> lake.resolve(""), "empty");
        Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> lake.head("a\0b"), "not a path");
    }

    @Test
    void aFileWithoutPermissionSaysSo() throws IOException {
        Path file = put("secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user reads everything (root)");
        ObjectVersion version = lake.head(file.toString());
        Failures.expect(ErrorCode.ACCESS_DENIED, () -> lake.read(version, 0, ByteBuffer.allocate(1)), file.toString());
    }

    @Test
    void aFolderIsAllParquetFilesBelowIt() throws IOException {
        for (String name : List.of(
                "t/b.parquet",
                "t/a.parquet",
                "t/B.parquet",
                "t/é.parquet",
                "t/sub/c.parquet",
                "t/readme.txt",
                "t/_SUCCESS",
                "t/.a.parquet.crc",
                "t/.hidden.parquet",
                "t/_temporary/x.parquet",
                "t/.git/y.parquet",
                "u/z.parquet")) {
            put(name);
        }
        List<String> all = List.of("t/B.parquet", "t/a.parquet", "t/b.parquet", "t/sub/c.parquet", "t/é.parquet");
        assertEquals(all, names(folder + "/t"));
        assertEquals(all, names(folder + "/t/"));
        assertEquals(all, names("file://" + folder + "/t"));
        assertEquals(all, names(folder + "/t/**/*.parquet"));
        assertEquals(List.of("t/B.parquet", "t/a.parquet", "t/b.parquet", "t/é.parquet"), names(folder + "/t/?.p*"));
        assertEquals(List.of("t/readme.txt"), names(folder + "/t/*.txt"));
        assertEquals(List.of("t/sub/c.parquet"), names(folder + "/t/s*"));
        assertEquals(List.of("t/_SUCCESS"), names(folder + "/t/_SUCCESS"));
        assertEquals(
                List.of("t/sub/c.parquet", "u/z.parquet"),
                names(folder + "/**/?.parquet").stream()
                        .filter(name -> name.startsWith("t/sub") || name.startsWith("u"))
                        .toList());
    }

    @Test
    void linksAreFollowedAndLoopsAreNot() throws IOException {
        put("real/a.parquet");
        Files.createDirectories(folder.resolve("t"));
        Files.createSymbolicLink(folder.resolve("t/link"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("real/loop"), folder.resolve("real"));
        assertEquals(List.of("t/link/a.parquet"), names(folder + "/t"));
    }

    @Test
    void partitionFoldersBecomeColumns() throws IOException {
        put("t/year=2023/day=2023-05-06/k=a%2Fb/_x=1/p.parquet");
        put("t/year=02024/day=2024-02-29/k=__HIVE_DEFAULT_PARTITION__/_x=__HIVE_DEFAULT_PARTITION__/p.parquet");
        put("t/year=-7/day=__HIVE_DEFAULT_PARTITION__/k=100%/_x=3/deeper/p.parquet");
        List<LakeFile> files = lake.resolve(folder + "/t");
        assertEquals(
                List.of(
                        new PartitionValue("year", DataType.INT64, -7L),
                        new PartitionValue("day", DataType.DATE, null),
                        new PartitionValue("k", DataType.VARCHAR, Bytes.utf8("100%")),
                        new PartitionValue("_x", DataType.INT64, 3L)),
                files.get(0).partitions());
        assertEquals(
                List.of(
                        new PartitionValue("year", DataType.INT64, 2024L),
                        new PartitionValue(
                                "day", DataType.DATE, LocalDate.of(2024, 2, 29).toEpochDay()),
                        new PartitionValue("k", DataType.VARCHAR, null),
                        new PartitionValue("_x", DataType.INT64, null)),
                files.get(1).partitions());
        assertEquals(
                new PartitionValue("k", DataType.VARCHAR, Bytes.utf8("a/b")),
                files.get(2).partitions().get(2));
        // From the first wildcard on, and below a folder that is named: what comes before says nothing of the table.
        assertEquals(
                3,
                lake.resolve(folder + "/t/year=2023/*/*")
                        .getFirst()
                        .partitions()
                        .size());
        assertEquals(
                4, lake.resolve(folder + "/t/year=*").getFirst().partitions().size());
        assertEquals(
                0,
                lake.resolve(files.getFirst().object().uri())
                        .getFirst()
                        .partitions()
                        .size());
    }

    @Test
    void valuesThatDoNotAllParseAreText() throws IOException {
        put("t/a=1/b=2024-01-01/c=99999999999999999999/d=2024-02-30/p.parquet");
        put("t/a=x/b=7/c=1/d=2024-01-01/p.parquet");
        for (PartitionValue value : lake.resolve(folder + "/t").getFirst().partitions()) {
            assertEquals(DataType.VARCHAR, value.type(), value.column());
        }
    }

    @Test
    void filesThatDisagreeOnTheirPartitionsAreRefused() throws IOException {
        put("t/a=1/p.parquet");
        put("t/b=1/p.parquet");
        Failures.expect(ErrorCode.UNSUPPORTED_FILE, () -> lake.resolve(folder + "/t"), "[a]", "[b]");
        put("u/a=1/a=2/p.parquet");
        Failures.expect(ErrorCode.UNSUPPORTED_FILE, () -> lake.resolve(folder + "/u"), "repeat");
    }

    /** Somebody writes a table while it is listed: what comes and goes beside its files is no failure. */
    @Test
    void filesThatVanishWhileTheyAreListed(@TempDir Path table) throws Exception {
        Files.createFile(table.resolve("part.parquet"));
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; !stop.get(); i++) {
                    Path temporary = table.resolve("_temporary-" + i % 50);
                    if (!Files.deleteIfExists(temporary)) {
                        Files.createFile(temporary);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            for (int i = 0; i < 2000; i++) {
                assertEquals(1, lake.resolve(table.toString()).size());
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }
}
