package dev.aquifer.spi.primitive;

import dev.aquifer.spi.type.DataType;
import java.util.List;

/**
 * One operation of a program. Its result register has the operation's position in the program as its number.
 *
 * @param primitive what to do
 * @param type the type of the result register
 * @param args registers read, all written before
 * @param mask a BOOLEAN register, or -1: only rows where it is true need a result and may fail
 * @param index the column of LOAD; the parameter of PARAMETER and of the SEARCH family; else -1
 */
public record Op(Primitive primitive, DataType type, List<Integer> args, int mask, int index) {
    public Op {
        args = List.copyOf(args);
    }

    public int arg(int position) {
        return args.get(position);
    }
}
