package dev.aquifer.service.schedule;

import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.admission.Place;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.hydrate.SliceRequest;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fragment that was let in, compiled and placed.
 *
 * @param arguments of the kernel's program
 * @param slices in any order; no two share a stripe ordinal
 * @param place given back by whoever made the request, after the end
 */
public record RunRequest(
        Fragment fragment,
        Kernel kernel,
        List<Argument> arguments,
        List<Slice> slices,
        Place place,
        LoadCounts counts,
        Cancellation stop) {
    public RunRequest {
        slices = List.copyOf(slices);
    }

    /**
     * Asks for what the fragment needs of one of its slices.
     *
     * @param filter the fragment's, made ready; null where it has none
     */
    SliceRequest load(Slice slice, @Nullable ZonePruner filter) {
        return new SliceRequest(place.tenant(), slice, fragment.columns(), filter, counts, stop);
    }
}
