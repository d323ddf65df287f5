package dev.aquifer.engine.sql;

import dev.aquifer.engine.catalog.Catalog;
import dev.aquifer.engine.catalog.TableColumn;
import dev.aquifer.engine.catalog.TableSnapshot;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Checks queries against the catalog and says what they mean. Thread-safe; every checked query has planner objects of its own,
 * which are not.
 */
public final class QueryChecker {
    private final Catalog catalog;
    private final RexExecutor constants;

    /** @param constants evaluates constant expressions while planning */
    public QueryChecker(Catalog catalog, RexExecutor constants) {
        this.catalog = catalog;
        this.constants = constants;
    }

    /**
     * Checks a query. Its tables are looked up in the lake.
     *
     * @throws AquiferException USER codes with line, column and caret for what is wrong with the query; STORAGE codes for
     *     tables that cannot be read
     */
    public CheckedQuery check(Statement.Query query) {
        Map<String, TableSnapshot> tables = load(query.tables());
        AquiferTypeFactory types = new AquiferTypeFactory();
        CalciteCatalogReader reader = new Reader(schema(tables), types);
        SqlValidator validator = SqlValidatorUtil.newValidator(
                Operators.INSTANCE,
                reader,
                types,
                SqlValidator.Config.DEFAULT
                        .withConformance(Dialect.CONFORMANCE)
                        .withDefaultNullCollation(NullCollation.HIGH)
                        .withIdentifierExpansion(true)
                        .withTypeCoercionFactory(StrictCoercion::new));
        try {
            List<String> names = ResultNames.of(query.node());
            SqlNode valid = validator.validate(query.node());
            RelOptCluster cluster = cluster(types);
            SqlToRelConverter converter = new SqlToRelConverter(
                    (rowType, queryString, schemaPath, viewPath) -> {
                        throw new AquiferException(ErrorCode.UNSUPPORTED, "views are not supported: " + queryString);
                    },
                    validator,
                    reader,
                    cluster,
                    StandardConvertletTable.INSTANCE,
                    SqlToRelConverter.config()
                            .withExpand(false)
                            .withTrimUnusedFields(true)
                            .withInSubQueryThreshold(Integer.MAX_VALUE)
                            .withRelBuilderConfigTransform(config -> config.withAggregateUnique(true)));
            RelRoot root = converter.convertQuery(valid, false, true);
            List<DataType> parameters = new ArrayList<>();
            for (RelDataTypeField field : validator.getParameterRowType(valid).getFieldList()) {
                parameters.add(SqlTypes.require(field.getType()));
            }
            return new CheckedQuery(
                    root.project(), columns(root.validatedRowType, names), parameters, List.copyOf(tables.values()));
        } catch (CalciteContextException e) {
            throw SqlErrors.invalid(query.text(), e, known(tables));
        } catch (CalciteException e) {
            throw new AquiferException(ErrorCode.INVALID_QUERY, SqlErrors.firstLine(String.valueOf(e.getMessage())), e);
        } catch (UnsupportedOperationException e) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "the planner does not know this: " + SqlErrors.firstLine("" + e.getMessage()),
                    e);
        } catch (StackOverflowError e) {
            throw new AquiferException(ErrorCode.INVALID_QUERY, "the query is nested too deeply", e);
        }
    }

    /**
     * Whether the tables of a checked query are still what they were.
     *
     * @throws AquiferException STORAGE codes for tables that cannot be read any more
     */
    public boolean isCurrent(CheckedQuery checked) {
        for (TableSnapshot table : checked.tables()) {
            if (!catalog.has(table.name()) || !catalog.load(table.name()).equals(table)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, TableSnapshot> load(List<List<String>> names) {
        Map<String, TableSnapshot> tables = new LinkedHashMap<>();
        for (List<String> path : names) {
            String name = path.getLast();
            boolean ours =
                    path.size() == 1 || path.size() == 2 && path.getFirst().equals(Catalog.SCHEMA);
            if (ours && catalog.has(name) && !tables.containsKey(name)) {
                tables.put(name, catalog.load(name));
            }
        }
        return tables;
    }

    private static CalciteSchema schema(Map<String, TableSnapshot> tables) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        CalciteSchema main = root.add(Catalog.SCHEMA, new AbstractSchema());
        tables.forEach((name, snapshot) -> main.add(name, new AquiferTable(snapshot)));
        return root;
    }

    private RelOptCluster cluster(AquiferTypeFactory types) {
        HepPlanner planner = new HepPlanner(HepProgram.builder().build());
        planner.setExecutor(constants);
        RelOptCluster cluster = RelOptCluster.create(planner, new TextRexBuilder(types));
        // Handlers by reflection: compiling them, as is the default, costs a second at the first query.
        cluster.setMetadataQuerySupplier(
                () -> new MetadataQuery(new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)));
        return cluster;
    }

    private static List<Field> columns(RelDataType rowType, List<String> names) {
        List<Field> columns = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            boolean named = names.size() == rowType.getFieldCount()
                    && !names.get(field.getIndex()).isEmpty();
            columns.add(new Field(
                    named ? names.get(field.getIndex()) : field.getName(), SqlTypes.require(field.getType())));
        }
        return columns;
    }

    private KnownNames known(Map<String, TableSnapshot> tables) {
        List<String> columns = new ArrayList<>();
        Map<String, String> unsupported = new LinkedHashMap<>();
        for (TableSnapshot table : tables.values()) {
            for (TableColumn column : table.columns()) {
                if (column.type() == null) {
                    unsupported.put(column.name(), column.unsupportedReason());
                } else {
                    columns.add(column.name());
                }
            }
        }
        return new KnownNames(catalog.names(), columns, unsupported);
    }

    /** Names fold as {@link FoldingNameMatcher} says. */
    private static final class Reader extends CalciteCatalogReader {
        Reader(CalciteSchema root, AquiferTypeFactory types) {
            super(
                    root,
                    new FoldingNameMatcher(),
                    List.of(List.of(Catalog.SCHEMA), List.of()),
                    types,
                    new CalciteConnectionConfigImpl(new Properties()));
        }
    }

    private static final class MetadataQuery extends RelMetadataQuery {
        MetadataQuery(ProxyingMetadataHandlerProvider provider) {
            super(provider);
        }
    }
}
