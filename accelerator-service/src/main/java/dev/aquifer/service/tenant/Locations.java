package dev.aquifer.service.tenant;

import dev.aquifer.spi.error.AquiferException;
import java.util.List;

/** Where files may be read: everywhere, or at the locations of a list and nowhere else. */
public final class Locations {
    public static final Locations EVERYWHERE = new Locations(true, List.of());

    /** Whatever the lake's credentials reach, and nothing of the node's own disk. */
    static final Locations ALL_OBJECTS = of(List.of(Location.OBJECTS));

    private final boolean everywhere;
    private final List<Location> all;

    private Locations(boolean everywhere, List<Location> all) {
        this.everywhere = everywhere;
        this.all = all;
    }

    /**
     * @param texts folders from the root on, or {@code s3://BUCKET/PREFIX}; {@code s3://} is every bucket
     * @throws AquiferException USAGE for a text that is neither
     */
    public static Locations of(List<String> texts) {
        return new Locations(false, texts.stream().map(Location::parse).toList());
    }

    /** Whether a file is at one of them. Looks at the links in its path, and never tells whether there is such a file. */
    boolean cover(String uri) {
        return everywhere || all.stream().anyMatch(location -> location.covers(uri));
    }

    /** Whether a list restricts them. */
    boolean restricted() {
        return !everywhere;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Locations same && everywhere == same.everywhere && all.equals(same.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return everywhere ? "everywhere" : all.toString();
    }
}
