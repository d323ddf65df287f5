package dev.aquifer.service.hydrate;

import dev.aquifer.service.admission.Cancellation;
import dev.aquifer.service.tenant.Tenant;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the stripes of a slice.
 *
 * @param columns the columns to read, by name and type
 * @param filter over the columns: stripes in which it can be true for no row are left out; null for all
 */
public record SliceRequest(
        Tenant tenant,
        Slice slice,
        List<Field> columns,
        @Nullable Expr filter,
        LoadCounts counts,
        Cancellation stop) {}
