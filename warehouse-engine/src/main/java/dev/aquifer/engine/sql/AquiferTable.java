package dev.aquifer.engine.sql;

import dev.aquifer.engine.catalog.TableSnapshot;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table to Calcite: the columns that can be used, and how many rows there are. */
public final class AquiferTable extends AbstractTable {
    private final TableSnapshot snapshot;

    AquiferTable(TableSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    public TableSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder builder = factory.builder();
        for (Field field : snapshot.fields()) {
            builder.add(field.name(), SqlTypes.toSql(field.type(), factory));
        }
        return builder.build();
    }

    @Override
    public Statistic getStatistic() {
        return Statistics.of((double) snapshot.rows(), List.of());
    }
}
