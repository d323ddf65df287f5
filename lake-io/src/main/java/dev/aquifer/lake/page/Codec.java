package dev.aquifer.lake.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.aquifer.lake.format.MalformedException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** The compression codecs of Parquet, in the order of their numbers. */
public enum Codec {
    UNCOMPRESSED,
    SNAPPY,
    GZIP,
    LZO,
    BROTLI,
    /** Hadoop's framing of LZ4, which writers disagreed on; LZ4_RAW replaces it. */
    LZ4,
    ZSTD,
    LZ4_RAW;

    private static final Codec[] VALUES = values();

    /** The codec of a number, or null where there is none. */
    public static @Nullable Codec of(int number) {
        return number < 0 || number >= VALUES.length ? null : VALUES[number];
    }

    public boolean isSupported() {
        return switch (this) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /** The most bytes that {@code compressed} bytes can become; a page that claims more is not worth memory. */
    long mostBytes(long compressed) {
        return switch (this) {
            case UNCOMPRESSED -> compressed;
            // A copy of up to 64 bytes takes two or three.
            case SNAPPY -> 32 * compressed + 64;
            case GZIP -> 1032 * compressed + 1024;
            case LZ4_RAW -> 256 * compressed + 64;
            // 128 KiB of one byte take four bytes.
            case ZSTD, LZO, BROTLI, LZ4 -> 64 * 1024 * compressed + 1024;
        };
    }

    /**
     * Decompresses {@code in[from .. from + length)} into {@code out[at .. at + outLength)}, which it must fill.
     *
     * @throws MalformedException if it does not
     */
    void decompress(byte[] in, int from, int length, byte[] out, int at, int outLength) {
        int written;
        try {
            written = switch (this) {
                case UNCOMPRESSED -> {
                    if (length == outLength) {
                        System.arraycopy(in, from, out, at, length);
                    }
                    yield length;
                }
                case SNAPPY -> snappy(in, from, length, out, at, outLength);
                case GZIP -> gzip(in, from, length, out, at, outLength);
                case ZSTD -> (int) Zstd.decompressByteArray(out, at, outLength, in, from, length);
                case LZ4_RAW -> new Lz4Decompressor().decompress(in, from, length, out, at, outLength);
                case LZO, BROTLI, LZ4 -> throw new IllegalStateException(this + " is not supported");
            };
        } catch (IOException | ZstdException | MalformedInputException e) {
            throw new MalformedException("its " + this + " data is damaged: " + e.getMessage(), e);
        }
        if (written != outLength) {
            throw new MalformedException(
                    "its " + this + " data is " + written + " bytes and not " + outLength + " once decompressed");
        }
    }

    private static int snappy(byte[] in, int from, int length, byte[] out, int at, int outLength) throws IOException {
        // The native code writes as much as the data's own header says.
        int claimed = Snappy.uncompressedLength(in, from, length);
        return claimed == outLength ? Snappy.uncompress(in, from, length, out, at) : claimed;
    }

    private static int gzip(byte[] in, int from, int length, byte[] out, int at, int outLength) throws IOException {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(in, from, length), 8192)) {
            int read = stream.readNBytes(out, at, outLength);
            return stream.read() < 0 ? read : read + 1;
        }
    }
}
