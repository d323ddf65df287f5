package dev.aquifer.engine.rules;

import dev.aquifer.engine.sql.TextRexBuilder;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Expressions of plans with column names, for EXPLAIN. */
public final class ExprText {
    private ExprText() {}

    /** The expression, its columns by name. */
    public static String of(RexNode node, RelDataType rowType) {
        List<String> names = rowType.getFieldNames();
        return TextRexBuilder.plain(node)
                .accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return new Named(names.get(ref.getIndex()), ref);
                    }
                })
                .toString()
                .replace(":VARCHAR CHARACTER SET \"UTF-8\"", "")
                .replace(" CHARACTER SET \"UTF-8\"", "")
                .replace(":VARCHAR", "");
    }

    /** An input shown by name. */
    private static final class Named extends RexInputRef {
        Named(String name, RexInputRef ref) {
            super(ref.getIndex(), ref.getType());
            this.digest = name;
        }
    }
}
