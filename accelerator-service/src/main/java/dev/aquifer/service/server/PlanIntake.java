package dev.aquifer.service.server;

import com.google.protobuf.ByteString;
import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SourceFile;
import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.hydrate.LoadCounts;
import dev.aquifer.service.hydrate.SliceLoader;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.service.place.Placement;
import dev.aquifer.service.tenant.ReadAccess;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import java.util.ArrayList;
import java.util.List;

/** From a plan's bytes to a fragment that can run. What a caller may have got wrong is found here. */
final class PlanIntake {
    private final DeviceRegistry devices;
    private final SliceLoader loader;
    private final ReadAccess access;
    private final KnownPlans plans = new KnownPlans();

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
     *     codes of compiling and placing; the reason to stop, where there is one
     */
    PreparedFragment prepare(ByteString plan, String device, Tenant tenant, LoadCounts counts, Cancellation stop) {
        KnownPlan known = allowed(plan, tenant);
        Placement placement = devices.place(device, known.compiled().program());
        return new PreparedFragment(
                known.fragment(), known.compiled(), known.results(), placement, slices(known, counts, stop));
    }

    /** The slices of a plan, as {@link #prepare} checks them. */
    FragmentRequest read(ByteString plan, Tenant tenant, LoadCounts counts, Cancellation stop) {
        KnownPlan known = allowed(plan, tenant);
        return new FragmentRequest(known.fragment(), slices(known, counts, stop));
    }

    /** A plan whose files the tenant may read, before any of them is looked at, in a cache or the lake. */
    private KnownPlan allowed(ByteString bytes, Tenant tenant) {
        KnownPlan plan = plans.get(bytes);
        access.check(tenant, plan.uris());
        return plan;
    }

    private List<Slice> slices(KnownPlan plan, LoadCounts counts, Cancellation stop) {
        return plan.files().isEmpty() ? plan.slices() : lookUp(plan.files(), counts, stop);
    }

    /** The row groups of files as they are now, in the order given, counted from 0. */
    private List<Slice> lookUp(List<SourceFile> files, LoadCounts counts, Cancellation stop) {
        List<Slice> slices = new ArrayList<>();
        long ordinal = 0;
        for (SourceFile file : files) {
            // There may be many, and each may take the lake a while.
            stop.check();
            ObjectVersion object = loader.head(file.uri(), counts);
            ParquetFooter footer = loader.footer(object, counts);
            for (RowGroup group : footer.rowGroups()) {
                if (file.contains(group.start())) {
                    slices.add(new Slice(
                            object, group.index(), group.start(), group.length(), group.rows(), ordinal, List.of()));
                    ordinal += Stripes.count(group.rows());
                }
            }
        }
        return slices;
    }
}
