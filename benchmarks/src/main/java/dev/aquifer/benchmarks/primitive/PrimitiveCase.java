package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fragment of one primitive, and the columns it is run over.
 *
 * @param primitive what is measured, such as {@code like_prefix}
 * @param shapes the columns; the first is what type, encoding and bits are told of
 * @param selectivity the share of rows that pass the filter, or null where there is none
 */
public record PrimitiveCase(
        String primitive, List<Shape> shapes, @Nullable Double selectivity, Fragment fragment) {
    public PrimitiveCase {
        shapes = List.copyOf(shapes);
    }

    /** A filter, whose rows are counted. */
    static PrimitiveCase filter(String primitive, double selectivity, Expr condition, Shape... shapes) {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        return of(
                primitive,
                selectivity,
                condition,
                List.of(),
                new Terminal.Aggregate(List.of(), List.of(count)),
                shapes);
    }

    /** An expression, of whose values the greatest is kept: so all are computed, and little is added to that. */
    static PrimitiveCase expression(String primitive, Expr expr, Shape... shapes) {
        AggregateCall greatest = new AggregateCall(AggregateFunction.MAX, 0, -1);
        return of(primitive, null, null, List.of(expr), new Terminal.Aggregate(List.of(), List.of(greatest)), shapes);
    }

    static PrimitiveCase of(
            String primitive,
            @Nullable Double selectivity,
            @Nullable Expr condition,
            List<Expr> projections,
            Terminal terminal,
            Shape... shapes) {
        List<Field> fields = new ArrayList<>();
        for (Shape shape : shapes) {
            fields.add(new Field("c" + fields.size(), shape.type()));
        }
        return new PrimitiveCase(
                primitive, List.of(shapes), selectivity, new Fragment(fields, condition, projections, terminal));
    }

    public DataType type() {
        return shapes.getFirst().type();
    }

    public Encoding encoding() {
        return shapes.getFirst().encoding();
    }

    /** Bits of a code of the first column, or -1 where its blocks hold none. */
    public int bits() {
        return shapes.getFirst().bits();
    }

    /** Tells the case from all others of the matrix, such as {@code less DATE PACKED/12 0.1}. */
    public String id() {
        String width = bits() < 0 ? "" : "/" + bits();
        String share = selectivity == null ? "" : String.format(Locale.ROOT, " %s", selectivity);
        return primitive + " " + type() + " " + encoding() + width + share;
    }
}
