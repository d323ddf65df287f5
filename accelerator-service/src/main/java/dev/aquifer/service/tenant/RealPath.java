package dev.aquifer.service.tenant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads when all links in it are followed, also for a file that is not there: {@link Path#toRealPath} fails
 * then, and how it fails would tell what is behind a link that the caller may not follow.
 */
final class RealPath {
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    private RealPath() {}

    /**
     * @param path from the root on, normalised
     * @return null if the links go round in a circle or one cannot be read
     */
    static @Nullable Path of(Path path) {
        Path root = path.getRoot();
        if (root == null) {
            return null;
        }
        Deque<Path> ahead = new ArrayDeque<>();
        path.forEach(ahead::addLast);
        Path at = root;
        int links = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.removeFirst().toString();
            if (name.equals("..")) {
                // Of a link's target. What we are at has no links, so its parent is where '..' leads.
                Path parent = at.getParent();
                at = parent == null ? root : parent;
                continue;
            }
            Path next = name.isEmpty() || name.equals(".") ? at : at.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                at = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                return null;
            }
            Path target;
            try {
                target = Files.readSymbolicLink(next);
            } catch (IOException e) {
                return null;
            }
            if (target.isAbsolute()) {
                at = root;
            }
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                ahead.addFirst(target.getName(i));
            }
        }
        return at;
    }
}
