package dev.aquifer.cpu.vector;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.ValueText;

/** The errors that values can cause, with the values in their messages. */
final class Errors {
    private Errors() {}

    static AquiferException outOfRange(String what, DataType type) {
        return new AquiferException(ErrorCode.OUT_OF_RANGE, what + " does not fit " + type);
    }

    static AquiferException divisionByZero() {
        return new AquiferException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    static AquiferException textTooLarge() {
        return new AquiferException(ErrorCode.MEMORY_EXCEEDED, "the texts of one vector take more than 2 GiB");
    }

    /** The text of a row's value, for a message. */
    static String text(Register register, int row) {
        Object value = switch (register.physical) {
            case BOOL -> (Object) Bits.get(register.bits, row);
            case LONG -> (Object) register.longs[row];
            case INT128 -> Int128.toBigInteger(register.longs[row], register.high(row));
            case DOUBLE -> (Object) register.doubles[row];
            case BYTES -> throw new IllegalArgumentException("texts are quoted by who reads them");
        };
        return ValueText.of(register.type, value);
    }

    static AquiferException binary(Primitive primitive, Register left, Register right, int row, DataType result) {
        return outOfRange(text(left, row) + " " + sign(primitive) + " " + text(right, row), result);
    }

    static String sign(Primitive primitive) {
        return switch (primitive) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case MODULO -> "%";
            default -> throw new IllegalArgumentException(primitive + " is not a binary operator");
        };
    }
}
