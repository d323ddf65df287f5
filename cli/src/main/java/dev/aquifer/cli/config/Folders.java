package dev.aquifer.cli.config;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the command keeps things of the user, by the XDG rules. */
public final class Folders {
    private static final String NAME = "aquifer";

    private Folders() {}

    /**
     * The folder for what can be made again: {@code AQUIFER_CACHE}, else {@code XDG_CACHE_HOME/aquifer}, else
     * {@code ~/.cache/aquifer}.
     */
    public static Path cache(Environment environment) {
        String own = environment.variable("AQUIFER_CACHE");
        return own.isEmpty()
                ? xdg(environment, "XDG_CACHE_HOME", ".cache")
                : path(own).toAbsolutePath();
    }

    /** The folder for what the user did, such as the history: {@code XDG_STATE_HOME/aquifer}, else below home. */
    public static Path state(Environment environment) {
        return xdg(environment, "XDG_STATE_HOME", ".local/state");
    }

    private static Path xdg(Environment environment, String variable, String belowHome) {
        String set = environment.variable(variable);
        // The rules say that a relative path is to be taken for not set.
        if (!set.isEmpty() && path(set).isAbsolute()) {
            return path(set).resolve(NAME);
        }
        String home = environment.variable("HOME");
        return path(home.isEmpty() ? System.getProperty("user.home", ".") : home)
                .resolve(belowHome)
                .resolve(NAME)
                .toAbsolutePath();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new AquiferException(ErrorCode.USAGE, "\"" + text + "\" is not a path: " + e.getReason(), e);
        }
    }

    /**
     * Makes a folder with all above it.
     *
     * @param choice what the user may set to have another one
     * @throws AquiferException STORAGE_UNAVAILABLE where that cannot be
     */
    public static Path make(Path folder, String choice) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "folder " + folder + " cannot be made: " + FileTrouble.reason(e) + "; choose another with "
                            + choice,
                    e);
        }
    }

    /**
     * Takes a folder away, with all that is in it; no folder is fine too.
     *
     * @throws AquiferException STORAGE_UNAVAILABLE where that cannot be
     */
    public static void delete(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            empty(folder);
            deleteOne(folder);
        }
    }

    /** Takes away all that is in a folder; links are taken away, not followed. */
    public static void empty(Path folder) {
        List<Path> inside;
        try (Stream<Path> all = Files.walk(folder)) {
            inside = all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE, "folder " + folder + " cannot be read: " + FileTrouble.reason(e), e);
        }
        inside.forEach(Folders::deleteOne);
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE, path + " cannot be deleted: " + FileTrouble.reason(e), e);
        }
    }
}
