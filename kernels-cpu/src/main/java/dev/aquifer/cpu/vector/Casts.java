package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;

/** The CAST family, by what is cast to what. */
final class Casts {
    private Casts() {}

    static Operation of(Op op, DataType from) {
        DataType to = op.type();
        if (from.equals(to)) {
            return new PlainCast(op, from);
        }
        if (to.kind() == TypeKind.VARCHAR) {
            return new TextWriting(op);
        }
        return switch (from.kind()) {
            case BOOLEAN, DATE, TIMESTAMP -> new PlainCast(op, from);
            case INT8, INT16, INT32, INT64, DECIMAL -> {
                if (to.kind() == TypeKind.BOOLEAN) {
                    yield new PlainCast(op, from);
                }
                yield to.isFloat() ? new FloatCast(op, from) : new ExactCast(op, from);
            }
            case FLOAT32, FLOAT64 -> new FloatCast(op, from);
            case VARCHAR -> new TextCast(op);
            case BINARY -> throw new IllegalArgumentException("no CAST of " + from + " to " + to);
        };
    }
}
