package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions over single rows with the semantics of the reference device: for what an engine computes above
 * the pushed part. Immutable and thread-safe.
 */
public final class RowEvaluator {
    private final RowProgram program;
    private final int[] outputs;
    private final int registers;

    private RowEvaluator(RowProgram program, int[] outputs, int registers) {
        this.program = program;
        this.outputs = outputs;
        this.registers = registers;
    }

    /**
     * Prepares expressions.
     *
     * @param columns the types of the rows' values
     * @throws AquiferException INVALID_PLAN or TYPE_MISMATCH if an expression does not fit the columns; INVALID_ARGUMENT
     *     if a pattern is malformed
     */
    public static RowEvaluator of(List<DataType> columns, List<Expr> expressions) {
        List<Field> fields = new ArrayList<>();
        for (DataType column : columns) {
            fields.add(new Field("c" + fields.size(), column));
        }
        Fragment fragment = new Fragment(fields, null, expressions, new Terminal.Rows(-1));
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        RowProgram rows = new RowProgram(compiled.program(), compiled.arguments());
        int[] outputs = ((Sink.Rows) compiled.program().sink())
                .outputs().stream().mapToInt(Integer::intValue).toArray();
        return new RowEvaluator(rows, outputs, compiled.program().ops().size());
    }

    /**
     * The values of the expressions over a row.
     *
     * @param row boxed physical values, one for each column
     * @return boxed physical values, one for each expression
     * @throws AquiferException where an expression fails, as DIVISION_BY_ZERO
     */
    public @Nullable Object[] evaluate(@Nullable Object[] row) {
        @Nullable Object[] values = new @Nullable Object[registers];
        program.run(row, values);
        @Nullable Object[] result = new @Nullable Object[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            result[i] = program.defined(values, outputs[i]);
        }
        return result;
    }

    /** The values of the expressions over every row of a batch. */
    public Batch evaluate(Batch batch) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (DataType type : program.program().outputTypes()) {
            builders.add(new ColumnBuilder(type, batch.rows()));
        }
        @Nullable Object[] row = new @Nullable Object[batch.columns().size()];
        for (int i = 0; i < batch.rows(); i++) {
            for (int column = 0; column < row.length; column++) {
                row[column] = batch.column(column).value(i);
            }
            @Nullable Object[] values = evaluate(row);
            for (int output = 0; output < values.length; output++) {
                builders.get(output).append(values[output]);
            }
        }
        return RowsSink.build(batch.rows(), builders);
    }
}
