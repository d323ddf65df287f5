package dev.aquifer.engine.execute;

import dev.aquifer.engine.plan.Work;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions over every row of batches, in row order. */
final class Projector implements AutoCloseable {
    private final List<Expr> expressions;
    private final List<DataType> outputs;
    private final @Nullable BatchKernel kernel;

    Projector(List<DataType> inputs, List<Expr> expressions, Execution execution) {
        this.expressions = List.copyOf(expressions);
        this.outputs = expressions.stream().map(Expr::type).toList();
        if (isPermutation(expressions)) {
            this.kernel = null;
            return;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            fields.add(new Field("c" + i, inputs.get(i)));
        }
        Work work = new Work(fields, null, expressions, new Terminal.Rows(-1), null);
        this.kernel = new BatchKernel(work.fragment(), work.readColumns(), execution);
    }

    static boolean isPermutation(List<Expr> expressions) {
        return expressions.stream().allMatch(Expr.ColumnRef.class::isInstance);
    }

    Batch apply(Batch batch) {
        if (kernel == null) {
            List<Column> columns = new ArrayList<>(expressions.size());
            for (Expr expression : expressions) {
                columns.add(batch.column(((Expr.ColumnRef) expression).index()));
            }
            return new Batch(batch.rows(), columns);
        }
        return Columns.concat(outputs, kernel.run(batch));
    }

    @Override
    public void close() {
        if (kernel != null) {
            kernel.close();
        }
    }
}
