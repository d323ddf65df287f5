package dev.aquifer.service.server;

import com.google.protobuf.ByteString;
import dev.aquifer.protocol.arrow.ArrowEncoder;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.SourceFile;
import dev.aquifer.protocol.substrait.SubstraitReader;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A plan that was read and checked, and its fragment compiled. Nothing of it depends on who asks or on what is in the lake.
 *
 * @param results writes the fragment's results
 * @param slices in ascending order of their ordinals; empty where the plan names files
 * @param files of unknown version, to be looked up each time
 * @param uris of all files that it names, each once
 */
record KnownPlan(
        Fragment fragment,
        CompiledFragment compiled,
        ArrowEncoder results,
        List<Slice> slices,
        List<SourceFile> files,
        Set<String> uris) {
    /** The greatest ordinal for which {@code ordinal * 65,536 + row}, a row's position, is an INT64. */
    private static final long MAX_ORDINAL = Long.MAX_VALUE / Stripes.MAX_ROWS - 1;

    /** @throws AquiferException INVALID_PLAN and the codes of compiling */
    static KnownPlan read(ByteString plan) {
        FragmentRequest request = SubstraitReader.fromBytes(plan);
        Set<String> uris = new LinkedHashSet<>();
        request.files().forEach(file -> uris.add(file.uri()));
        request.slices().forEach(slice -> uris.add(slice.object().uri()));
        return new KnownPlan(
                request.fragment(),
                FragmentCompiler.compile(request.fragment()),
                new ArrowEncoder(results(request.fragment())),
                ordered(request.slices()),
                request.files(),
                uris);
    }

    private static List<Field> results(Fragment fragment) {
        List<Field> fields = new ArrayList<>();
        for (DataType type : fragment.outputTypes()) {
            fields.add(new Field("c" + fields.size(), type));
        }
        return fields;
    }

    private static List<Slice> ordered(List<Slice> given) {
        List<Slice> slices = new ArrayList<>(given);
        slices.sort(Comparator.comparingLong(Slice::firstOrdinal));
        long free = 0;
        for (Slice slice : slices) {
            check(slice, free);
            free = slice.firstOrdinal() + Stripes.count(slice.rows());
        }
        return List.copyOf(slices);
    }

    private static void check(Slice slice, long free) {
        String name = "row group " + slice.rowGroup() + " of " + slice.object().uri();
        if (slice.rows() < 0 || slice.rows() > Integer.MAX_VALUE) {
            throw bad(name + " cannot have " + slice.rows() + " rows");
        }
        if (slice.rowGroup() < 0 || slice.object().size() < 0) {
            throw bad(name + ", in " + slice.object().size() + " bytes, cannot be");
        }
        if (slice.firstOrdinal() < 0 || slice.firstOrdinal() > MAX_ORDINAL - Stripes.count(slice.rows())) {
            throw bad("stripe ordinal " + slice.firstOrdinal() + " of " + name + " is out of range");
        }
        if (slice.firstOrdinal() < free) {
            throw bad("stripe ordinal " + slice.firstOrdinal() + " of " + name + " is another slice's too");
        }
    }

    private static AquiferException bad(String what) {
        return new AquiferException(ErrorCode.INVALID_PLAN, "bad plan: " + what);
    }
}
