package dev.aquifer.lake.object;

import dev.aquifer.spi.source.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of names: that of their UTF-8 bytes, in which S3 lists them. */
final class Names {
    static final Comparator<ObjectVersion> BY_URI =
            (left, right) -> Arrays.compareUnsigned(utf8(left.uri()), utf8(right.uri()));

    private Names() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
