package dev.aquifer.service.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file of the SSD tier: records of one tenant, written once from front to back, and deleted as a whole. The file stays
 * open, so deleting it, even by somebody else, takes nothing from a reader.
 *
 * <pre>
 *   0  int64  magic and format version     16  int32  length of the tenant's name
 *   8  int64  number of the segment        20  int32  CRC-32C of the other bytes up to 128
 *  24  the tenant's name in UTF-8, zeros up to 128, then records ({@link SsdRecord})
 * </pre>
 */
final class SsdSegment {
    static final int HEADER_BYTES = 128;
    static final String SUFFIX = ".aqseg";

    private static final Pattern NAME = Pattern.compile("0([0-9a-f]{15})" + Pattern.quote(SUFFIX));

    /** "AQSEG" and version 1; another layout gets another number, and a node deletes what it does not know. */
    private static final long MAGIC = 0x0001_0047_4553_5141L;

    private static final int ID_OFFSET = 8;
    private static final int NAME_LENGTH_OFFSET = 16;
    private static final int CHECKSUM_OFFSET = 20;
    private static final int NAME_OFFSET = 24;

    final long id;
    final String tenant;
    final List<BlockKey> keys = new ArrayList<>();
    /** Bytes used lately; ages at each eviction. */
    final AtomicLong score = new AtomicLong();
    /** Whether it goes to make room. */
    boolean evicted;

    private final Path path;
    private final FileChannel channel;
    private final AtomicInteger readers = new AtomicInteger(1);
    private volatile long length;

    /** Told each record of a file of an earlier run. */
    @FunctionalInterface
    interface Found {
        void record(SsdSegment segment, SsdRecord entry, long offset);
    }

    private SsdSegment(long id, String tenant, Path path, FileChannel channel, long length) {
        this.id = id;
        this.tenant = tenant;
        this.path = path;
        this.channel = channel;
        this.length = length;
    }

    /** The number that a file's name says, or 0. */
    static long numberOf(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1), 16) : 0;
    }

    static SsdSegment create(Path folder, long id, String tenant) throws IOException {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        if (name.length > HEADER_BYTES - NAME_OFFSET) {
            throw new IOException("a tenant's name of " + name.length + " bytes is too long for a segment file");
        }
        ByteBuffer header = SsdRecord.little(ByteBuffer.allocate(HEADER_BYTES));
        header.putLong(0, MAGIC);
        header.putLong(ID_OFFSET, id);
        header.putInt(NAME_LENGTH_OFFSET, name.length);
        header.put(NAME_OFFSET, name);
        header.putInt(CHECKSUM_OFFSET, SsdRecord.checksum(header));
        Path path = folder.resolve(String.format(Locale.ROOT, "%016x%s", id, SUFFIX));
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            writeFully(channel, header, 0);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
        return new SsdSegment(id, tenant, path, channel, HEADER_BYTES);
    }

    /**
     * Opens a file of an earlier run and finds its records. What follows the first damaged record is cut off: the tail
     * that was being written when the node died, or bytes that somebody changed.
     *
     * @param found told each record, in the order of the file
     * @return null if the file has no header of this format
     */
    static @Nullable SsdSegment open(Path path, Found found) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean good = false;
        try {
            ByteBuffer header = SsdRecord.little(ByteBuffer.allocate(HEADER_BYTES));
            if (!readFully(channel, header, 0) || header.getLong(0) != MAGIC) {
                return null;
            }
            int checksum = header.getInt(CHECKSUM_OFFSET);
            int nameLength = header.getInt(NAME_LENGTH_OFFSET);
            header.putInt(CHECKSUM_OFFSET, 0);
            if (checksum != SsdRecord.checksum(header.rewind())) {
                return null;
            }
            byte[] name = new byte[nameLength];
            header.get(NAME_OFFSET, name);
            long id = header.getLong(ID_OFFSET);
            SsdSegment segment =
                    new SsdSegment(id, new String(name, StandardCharsets.UTF_8), path, channel, HEADER_BYTES);
            segment.scan(found);
            good = true;
            return segment;
        } finally {
            if (!good) {
                channel.close();
            }
        }
    }

    private void scan(Found found) throws IOException {
        long end = channel.size();
        long at = length;
        ByteBuffer header = SsdRecord.little(ByteBuffer.allocate(SsdRecord.HEADER_BYTES));
        ByteBuffer head = SsdRecord.little(ByteBuffer.allocate(SsdRecord.HEADER_BYTES + SsdRecord.MAX_KEY_BYTES));
        while (readFully(channel, header.clear(), at)) {
            int keyLength = SsdRecord.keyLength(header);
            if (keyLength < 0) {
                break;
            }
            head.clear().limit(SsdRecord.HEADER_BYTES + keyLength);
            if (!readFully(channel, head, at)) {
                break;
            }
            SsdRecord parsed = SsdRecord.parse(head, keyLength, id);
            if (parsed == null || !isOwn(parsed) || at + parsed.length() > end) {
                break;
            }
            found.record(this, parsed, at);
            keys.add(parsed.key());
            at += parsed.length();
        }
        length = at;
        if (at < end) {
            channel.truncate(at);
        }
    }

    /** Whatever bytes a tenant gets onto the disk, and however they come to be read, they are no other tenant's record. */
    private boolean isOwn(SsdRecord entry) {
        return entry.storedLength() >= 0 && entry.key().chunk().tenant().equals(tenant);
    }

    /** Bytes of the file. */
    long length() {
        return length;
    }

    /**
     * Writes a record behind the last one; a failure leaves the segment as it was. For one thread at a time.
     *
     * @return the record's offset
     */
    long append(ByteBuffer head, ByteBuffer body) throws IOException {
        long offset = length;
        long headLength = head.remaining();
        long bodyLength = body.remaining();
        try {
            writeFully(channel, head, offset);
            writeFully(channel, body, offset + headLength);
        } catch (IOException e) {
            cutOff(offset, e);
            throw e;
        }
        length = offset + headLength + bodyLength;
        return offset;
    }

    /** Takes back what a failed write left: a full disk gets its bytes again, and no later run meets them. */
    private void cutOff(long end, IOException why) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** Keeps the file from being closed; false if it is gone already. */
    boolean acquire() {
        int now = readers.get();
        while (now > 0) {
            if (readers.compareAndSet(now, now + 1)) {
                return true;
            }
            now = readers.get();
        }
        return false;
    }

    void release() {
        if (readers.decrementAndGet() == 0) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("closing " + path, e);
            }
        }
    }

    /** @return false where the file has not that many bytes */
    boolean read(ByteBuffer into, long offset) throws IOException {
        return readFully(channel, into, offset);
    }

    /** Deletes the file; readers that are at it finish first. Called once. */
    void delete() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            release();
        }
    }

    private static boolean readFully(FileChannel channel, ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    private static void writeFully(FileChannel channel, ByteBuffer from, long offset) throws IOException {
        long at = offset;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }
}
