package dev.aquifer.cli.output;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers that it could not be written. Printers swallow that, and a command whose results went
 * nowhere has not done what it was asked for.
 */
public final class NotedOutput extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    public NotedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Whether something that was written did not arrive. */
    public boolean failed() {
        return failure != null;
    }

    /** Whether nobody reads any more, as after {@code | head}: whoever read has seen enough, and nothing is to be said. */
    public boolean readerIsGone() {
        IOException known = failure;
        return known != null && String.valueOf(known.getMessage()).contains("Broken pipe");
    }

    /** What to say of the failure. */
    public AquiferException error() {
        IOException known = failure;
        return new AquiferException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "standard output cannot be written: " + (known == null ? "no failure is known" : known.getMessage()),
                known);
    }
}
