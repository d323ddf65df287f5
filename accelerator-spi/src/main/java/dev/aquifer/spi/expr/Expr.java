package dev.aquifer.spi.expr;

import dev.aquifer.spi.type.DataType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An immutable, typed expression tree. */
public sealed interface Expr {
    DataType type();

    /** The value of an input column by position. */
    record ColumnRef(int index, DataType type) implements Expr {
        @Override
        public String toString() {
            return "$" + index;
        }
    }

    /**
     * A constant.
     *
     * @param value a physical value of the type, or null
     */
    record Literal(DataType type, @Nullable Object value) implements Expr {
        @Override
        public String toString() {
            return Literals.render(type, value);
        }
    }

    /** A function of argument values; {@link Function} says what arguments it takes. */
    record Call(Function function, List<Expr> args, DataType type) implements Expr {
        public Call {
            args = List.copyOf(args);
        }

        public Expr arg(int index) {
            return args.get(index);
        }

        @Override
        public String toString() {
            String list = args.stream().map(Expr::toString).collect(Collectors.joining(", "));
            return function == Function.CAST ? "CAST(" + list + " AS " + type + ")" : function + "(" + list + ")";
        }
    }

    /** A call whose type follows from its arguments ({@link Typing#resultType}). */
    static Call call(Function function, Expr... args) {
        List<Expr> list = List.of(args);
        return new Call(
                function,
                list,
                Typing.resultType(function, list.stream().map(Expr::type).toList()));
    }

    static Call cast(Expr arg, DataType target) {
        return new Call(Function.CAST, List.of(arg), target);
    }
}
