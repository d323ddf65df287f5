package dev.aquifer.cli.config;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command keeps what can be made again. */
public final class CacheOption {
    /** What a user sets to have another folder. */
    public static final String CHOICE = "--cache-dir or AQUIFER_CACHE";

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description =
                    "The folder for generated tables and hot blocks. Default: $$AQUIFER_CACHE, else ~/.cache/aquifer.")
    private @Nullable String folder;

    /** @throws AquiferException USAGE where the option is no path */
    public Path folder(Environment environment) {
        String given = folder;
        if (given == null) {
            return Folders.cache(environment);
        }
        try {
            return Path.of(given).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new AquiferException(ErrorCode.USAGE, "\"" + given + "\" is not a path: " + e.getReason(), e);
        }
    }
}
