package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.source.Slice;
import java.util.List;

/**
 * A fragment and the rows it is to run over: what a plan says.
 *
 * @param fragment checked where it comes from {@link SubstraitReader}
 * @param slices row groups of known versions, from Aquifer's engine
 * @param files files of unknown version, from other clients; empty where there are slices. The node looks them up, in this
 *     order, and counts stripe ordinals from 0
 */
public record FragmentRequest(Fragment fragment, List<Slice> slices, List<SourceFile> files) {
    public FragmentRequest {
        slices = List.copyOf(slices);
        files = List.copyOf(files);
        if (!slices.isEmpty() && !files.isEmpty()) {
            throw new IllegalArgumentException(
                    slices.size() + " slices and " + files.size() + " files: one or the other");
        }
    }

    public FragmentRequest(Fragment fragment, List<Slice> slices) {
        this(fragment, slices, List.of());
    }
}
