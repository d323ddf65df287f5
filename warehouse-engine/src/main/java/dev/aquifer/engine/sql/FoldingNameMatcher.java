package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Names match exactly; a name in lower case, as unquoted names are after folding, also finds the only field that differs
 * from it in case alone. So a file's column {@code Origin} is reachable as {@code origin}.
 */
final class FoldingNameMatcher implements SqlNameMatcher {
    @Override
    public boolean isCaseSensitive() {
        return true;
    }

    @Override
    public boolean matches(String string, String name) {
        return string.equals(name);
    }

    @Override
    public <K extends List<String>, V> @Nullable V get(Map<K, V> map, List<String> prefixNames, List<String> names) {
        List<String> key = new ArrayList<>(prefixNames);
        key.addAll(names);
        for (Map.Entry<K, V> entry : map.entrySet()) {
            if (entry.getKey().equals(key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    @Override
    public String bestString() {
        throw new UnsupportedOperationException("this matcher keeps no record of its matches");
    }

    @Override
    public @Nullable RelDataTypeField field(RelDataType rowType, String fieldName) {
        for (RelDataTypeField field : rowType.getFieldList()) {
            if (field.getName().equals(fieldName)) {
                return field;
            }
        }
        RelDataTypeField found = null;
        if (folded(fieldName)) {
            for (RelDataTypeField field : rowType.getFieldList()) {
                if (field.getName().equalsIgnoreCase(fieldName)) {
                    if (found != null) {
                        return null;
                    }
                    found = field;
                }
            }
        }
        return found;
    }

    @Override
    public int frequency(Iterable<String> names, String name) {
        int exact = 0;
        int folded = 0;
        for (String candidate : names) {
            exact += candidate.equals(name) ? 1 : 0;
            folded += candidate.equalsIgnoreCase(name) ? 1 : 0;
        }
        return exact > 0 || !folded(name) ? exact : folded;
    }

    @Override
    public Set<String> createSet() {
        return new LinkedHashSet<>();
    }

    private static boolean folded(String name) {
        return name.equals(name.toLowerCase(Locale.ROOT));
    }
}
