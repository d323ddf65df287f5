package dev.aquifer.service.tenant;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the tenant of a token. The file is looked at again, at most once a second, when somebody asks; a file that has
 * become unreadable or wrong leaves the tenants as they were, with a line in the log.
 */
public final class TenantDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TenantDirectory.class);
    private static final long RECHECK_NANOS = 1_000_000_000L;

    private final @Nullable Path file;
    private final long recheckNanos;
    private volatile Map<Token, Tenant> tenants = Map.of();
    private @Nullable Stamp stamp;
    private volatile long checkedAt;

    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private TenantDirectory(@Nullable Path file, long recheckNanos) {
        this.file = file;
        this.recheckNanos = recheckNanos;
    }

    /** No tokens: everybody is {@link Tenant#DEFAULT}. */
    public static TenantDirectory open() {
        return new TenantDirectory(null, RECHECK_NANOS);
    }

    /** @throws AquiferException USAGE if the file cannot be read or is wrong */
    public static TenantDirectory of(Path file) {
        return of(file, RECHECK_NANOS);
    }

    static TenantDirectory of(Path file, long recheckNanos) {
        TenantDirectory directory = new TenantDirectory(file, recheckNanos);
        directory.load(file);
        directory.checkedAt = System.nanoTime();
        return directory;
    }

    public boolean needsToken() {
        return file != null;
    }

    /**
     * @param token the bearer token, or null where the request had none
     * @throws AquiferException UNAUTHENTICATED if there is a file and the token is not in it
     */
    public Tenant authenticate(@Nullable String token) {
        if (file == null) {
            return Tenant.DEFAULT;
        }
        refresh(file);
        if (token == null || token.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.UNAUTHENTICATED, "this node needs a token: send 'authorization: Bearer TOKEN'");
        }
        Tenant tenant = tenants.get(Token.of(token));
        if (tenant == null) {
            throw new AquiferException(ErrorCode.UNAUTHENTICATED, "the token is not one that this node knows");
        }
        return tenant;
    }

    private void refresh(Path path) {
        if (System.nanoTime() - checkedAt < recheckNanos) {
            return;
        }
        synchronized (this) {
            if (System.nanoTime() - checkedAt < recheckNanos) {
                return;
            }
            checkedAt = System.nanoTime();
            try {
                if (!stampOf(path).equals(stamp)) {
                    load(path);
                    LOG.info("read the tenants again from {}", path);
                }
            } catch (AquiferException e) {
                LOG.warn("the tenants stay as they were: {}", e.getMessage());
            } catch (IOException e) {
                // Its message may be the file's name alone.
                LOG.warn("the tenants stay as they were: {}", e.toString());
            }
        }
    }

    private synchronized void load(Path path) {
        try {
            // The stamp is taken first: a change during the reading is then seen next time.
            stamp = stampOf(path);
            tenants = TenantFile.parse(Files.readAllLines(path), path.toString());
        } catch (IOException e) {
            throw new AquiferException(ErrorCode.USAGE, "cannot read the tenants file " + path + ": " + e, e);
        }
    }

    private static Stamp stampOf(Path path) throws IOException {
        var attributes = Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
}
