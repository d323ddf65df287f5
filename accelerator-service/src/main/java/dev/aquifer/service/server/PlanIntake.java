package dev.aquifer.service.server;

import com.google.protobuf.ByteString;
import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SourceFile;
import dev.aquifer.protocol.substrait.SubstraitReader;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.hydrate.SliceLoader;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.service.place.Placement;
import dev.aquifer.service.tenant.ReadAccess;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** From a plan's bytes to a fragment that can run. What a caller may have got wrong is found here. */
final class PlanIntake {
    /** The greatest ordinal for which {@code ordinal * 65,536 + row}, a row's position, is an INT64. */
    private static final long MAX_ORDINAL = Long.MAX_VALUE / Stripes.MAX_ROWS - 1;

    private final DeviceRegistry devices;
    private final SliceLoader loader;
    private final ReadAccess access;

    PlanIntake(DeviceRegistry devices, SliceLoader loader, ReadAccess access) {
        this.devices = devices;
        this.loader = loader;
        this.access = access;
    }

    /**
     * Reads and checks a plan, compiles its fragment, and chooses the device. Blocks the thread where the plan names files
     * without versions, which have to be looked up.
     *
     * @throws AquiferException PERMISSION_DENIED where the tenant may not read one of the files; INVALID_PLAN and the
     *     codes of compiling and placing
     */
    PreparedFragment prepare(ByteString plan, String device, Tenant tenant, LoadCounts counts) {
        FragmentRequest request = allowed(plan, tenant);
        CompiledFragment compiled = FragmentCompiler.compile(request.fragment());
        Placement placement = devices.place(device, compiled.program());
        return new PreparedFragment(request.fragment(), compiled, placement, slices(request, counts));
    }

    /** The slices of a plan, as {@link #prepare} checks them. */
    FragmentRequest read(ByteString plan, Tenant tenant, LoadCounts counts) {
        FragmentRequest request = allowed(plan, tenant);
        return new FragmentRequest(request.fragment(), slices(request, counts));
    }

    /** A plan whose files the tenant may read, before any of them is looked at, in a cache or the lake. */
    private FragmentRequest allowed(ByteString plan, Tenant tenant) {
        FragmentRequest request = SubstraitReader.fromBytes(plan);
        Set<String> uris = new LinkedHashSet<>();
        request.files().forEach(file -> uris.add(file.uri()));
        request.slices().forEach(slice -> uris.add(slice.object().uri()));
        access.check(tenant, uris);
        return request;
    }

    private List<Slice> slices(FragmentRequest request, LoadCounts counts) {
        if (!request.files().isEmpty()) {
            return lookUp(request.files(), counts);
        }
        List<Slice> slices = new ArrayList<>(request.slices());
        slices.sort(Comparator.comparingLong(Slice::firstOrdinal));
        long free = 0;
        for (Slice slice : slices) {
            check(slice, free);
            free = slice.firstOrdinal() + stripes(slice.rows());
        }
        return slices;
    }

    private static void check(Slice slice, long free) {
        String name = "row group " + slice.rowGroup() + " of " + slice.object().uri();
        if (slice.rows() < 0 || slice.rows() > Integer.MAX_VALUE) {
            throw bad(name + " cannot have " + slice.rows() + " rows");
        }
        if (slice.rowGroup() < 0 || slice.object().size() < 0) {
            throw bad(name + ", in " + slice.object().size() + " bytes, cannot be");
        }
        if (slice.firstOrdinal() < 0 || slice.firstOrdinal() > MAX_ORDINAL - stripes(slice.rows())) {
            throw bad("stripe ordinal " + slice.firstOrdinal() + " of " + name + " is out of range");
        }
        if (slice.firstOrdinal() < free) {
            throw bad("stripe ordinal " + slice.firstOrdinal() + " of " + name + " is another slice's too");
        }
    }

    private static AquiferException bad(String what) {
        return new AquiferException(ErrorCode.INVALID_PLAN, "bad plan: " + what);
    }

    /** The row groups of files as they are now, in the order given, counted from 0. */
    private List<Slice> lookUp(List<SourceFile> files, LoadCounts counts) {
        List<Slice> slices = new ArrayList<>();
        long ordinal = 0;
        for (SourceFile file : files) {
            ObjectVersion object = loader.head(file.uri(), counts);
            ParquetFooter footer = loader.footer(object, counts);
            for (RowGroup group : footer.rowGroups()) {
                if (file.contains(group.start())) {
                    slices.add(new Slice(
                            object, group.index(), group.start(), group.length(), group.rows(), ordinal, List.of()));
                    ordinal += stripes(group.rows());
                }
            }
        }
        return slices;
    }

    private static long stripes(long rows) {
        return (rows + Stripes.MAX_ROWS - 1) / Stripes.MAX_ROWS;
    }
}
