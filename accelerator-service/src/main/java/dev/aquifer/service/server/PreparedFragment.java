package dev.aquifer.service.server;

import dev.aquifer.protocol.arrow.ArrowEncoder;
import dev.aquifer.service.place.Placement;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.source.Slice;
import java.util.List;

/**
 * A fragment that was read, checked, compiled and placed.
 *
 * @param results writes its results
 */
record PreparedFragment(
        Fragment fragment, CompiledFragment compiled, ArrowEncoder results, Placement placement, List<Slice> slices) {}
