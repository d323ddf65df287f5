package dev.aquifer.protocol.substrait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.substrait.proto.AggregateRel;
import io.substrait.proto.AggregationPhase;
import io.substrait.proto.Expression;
import io.substrait.proto.FetchRel;
import io.substrait.proto.FilterRel;
import io.substrait.proto.FunctionArgument;
import io.substrait.proto.NamedStruct;
import io.substrait.proto.Plan;
import io.substrait.proto.PlanRel;
import io.substrait.proto.ProjectRel;
import io.substrait.proto.ReadRel;
import io.substrait.proto.Rel;
import io.substrait.proto.SimpleExtensionDeclaration;
import io.substrait.proto.SimpleExtensionURN;
import io.substrait.proto.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans as clients write them that know nothing of Aquifer: other relations, other types, no details of slices. */
final class ForeignPlanTest {
    private static final Type REQUIRED_INT = Type.newBuilder()
            .setI32(Type.I32.newBuilder().setNullability(Type.Nullability.NULLABILITY_REQUIRED))
            .build();
    private static final Type VARCHAR_20 = Type.newBuilder()
            .setVarchar(Type.VarChar.newBuilder().setLength(20))
            .build();
    private static final Type PRICE = Type.newBuilder()
            .setDecimal(Type.Decimal.newBuilder().setPrecision(15).setScale(2))
            .build();
    private static final List<Field> COLUMNS = List.of(
            new Field("id", DataType.INT32),
            new Field("name", DataType.VARCHAR),
            new Field("price", DataType.decimal(15, 2)));
    private static final Expr ID = new Expr.ColumnRef(0, DataType.INT32);
    private static final Expr NAME = new Expr.ColumnRef(1, DataType.VARCHAR);
    private static final Expr PRICE_COLUMN = new Expr.ColumnRef(2, DataType.decimal(15, 2));

    private static Rel read() {
        return Rel.newBuilder()
                .setRead(ReadRel.newBuilder()
                        .setBaseSchema(NamedStruct.newBuilder()
                                .addNames("id")
                                .addNames("name")
                                .addNames("price")
                                .setStruct(Type.Struct.newBuilder()
                                        .addTypes(REQUIRED_INT)
                                        .addTypes(VARCHAR_20)
                                        .addTypes(PRICE)))
                        .setLocalFiles(ReadRel.LocalFiles.newBuilder()
                                .addItems(ReadRel.LocalFiles.FileOrFiles.newBuilder()
                                        .setUriFile("s3://lake/t.parquet")
                                        .setStart(100)
                                        .setLength(200)
                                        .setParquet(
                                                ReadRel.LocalFiles.FileOrFiles.ParquetReadOptions
                                                        .getDefaultInstance()))))
                .build();
    }

    private static Expression call(int function, Expression... args) {
        Expression.ScalarFunction.Builder call =
                Expression.ScalarFunction.newBuilder().setFunctionReference(function);
        for (Expression arg : args) {
            call.addArguments(FunctionArgument.newBuilder().setValue(arg));
        }
        return Expression.newBuilder().setScalarFunction(call).build();
    }

    private static Expression integer(int value) {
        return Expression.newBuilder()
                .setLiteral(Expression.Literal.newBuilder().setI32(value))
                .build();
    }

    private static Expression text(String value) {
        return Expression.newBuilder()
                .setLiteral(Expression.Literal.newBuilder()
                        .setVarChar(Expression.Literal.VarChar.newBuilder()
                                .setValue(value)
                                .setLength(20)))
                .build();
    }

    private static Plan plan(Rel rel, String... functions) {
        Plan.Builder plan = Plan.newBuilder().addRelations(PlanRel.newBuilder().setRel(rel));
        for (int i = 0; i < functions.length; i++) {
            String[] parts = functions[i].split("/", 2);
            plan.addExtensionUrns(SimpleExtensionURN.newBuilder()
                    .setExtensionUrnAnchor(i)
                    .setUrn("extension:io.substrait:" + parts[0]));
            plan.addExtensions(SimpleExtensionDeclaration.newBuilder()
                    .setExtensionFunction(SimpleExtensionDeclaration.ExtensionFunction.newBuilder()
                            .setExtensionUrnReference(i)
                            .setFunctionAnchor(i)
                            .setName(parts[1])));
        }
        return plan.build();
    }

    private static Fragment fragment(Plan plan) {
        return SubstraitReader.fromBytes(plan.toByteString()).fragment();
    }

    @Test
    void filesComeByUriAndRange() {
        FragmentRequest request = SubstraitReader.fromPlan(plan(read()));

        assertEquals(List.of(), request.slices());
        assertEquals(List.of(new SourceFile("s3://lake/t.parquet", 100, 200)), request.files());
        assertEquals(
                new Fragment(COLUMNS, null, List.of(ID, NAME, PRICE_COLUMN), new Terminal.Rows(-1)),
                request.fragment());
        SourceFile file = request.files().getFirst();
        assertFalse(file.contains(99));
        assertTrue(file.contains(100));
        assertTrue(file.contains(299));
        assertFalse(file.contains(300));
        assertTrue(new SourceFile("s3://lake/t.parquet", 0, 0).contains(Long.MAX_VALUE));
    }

    @Test
    void filtersStackAndSeeThroughProjections() {
        Rel filter = Rel.newBuilder()
                .setFilter(FilterRel.newBuilder()
                        .setInput(read())
                        .setCondition(call(0, ExpressionWriter.field(0), integer(3))))
                .build();
        Rel project = Rel.newBuilder()
                .setProject(ProjectRel.newBuilder()
                        .setInput(filter)
                        .addExpressions(call(1, ExpressionWriter.field(0), integer(1))))
                .build();
        Rel again = Rel.newBuilder()
                .setFilter(FilterRel.newBuilder()
                        .setInput(project)
                        .setCondition(call(0, ExpressionWriter.field(3), integer(9))))
                .build();

        Fragment fragment =
                fragment(plan(again, "functions_comparison/gt:any_any", "functions_arithmetic/add:i32_i32"));

        Expr sum = Expr.call(Function.ADD, ID, new Expr.Literal(DataType.INT32, 1L));
        assertEquals(
                Expr.call(
                        Function.AND,
                        Expr.call(Function.GREATER, ID, new Expr.Literal(DataType.INT32, 3L)),
                        Expr.call(Function.GREATER, sum, new Expr.Literal(DataType.INT32, 9L))),
                fragment.filter());
        assertEquals(List.of(ID, NAME, PRICE_COLUMN, sum), fragment.projections());
    }

    @Test
    void positionsOf32BitsWiden() {
        Rel project = Rel.newBuilder()
                .setProject(ProjectRel.newBuilder()
                        .setInput(read())
                        .addExpressions(call(0, ExpressionWriter.field(1), integer(2), ExpressionWriter.field(0))))
                .build();

        Expr read = fragment(plan(project, "functions_string/substring:vchar_i32_i32"))
                .projections()
                .getLast();

        assertEquals(
                Expr.call(
                        Function.SUBSTRING, NAME, new Expr.Literal(DataType.INT64, 2L), Expr.cast(ID, DataType.INT64)),
                read);
    }

    /** Substrait's product has one digit more than Aquifer's; the value is the same. */
    @Test
    void decimalsOfStandardPrecisionAreBroughtThere() {
        Expression product = call(0, ExpressionWriter.field(2), ExpressionWriter.field(2));
        product = product.toBuilder()
                .setScalarFunction(
                        product.getScalarFunction().toBuilder().setOutputType(PlanTypes.write(DataType.decimal(31, 4))))
                .build();
        Rel project = Rel.newBuilder()
                .setProject(ProjectRel.newBuilder().setInput(read()).addExpressions(product))
                .build();

        assertEquals(
                Expr.cast(Expr.call(Function.MULTIPLY, PRICE_COLUMN, PRICE_COLUMN), DataType.decimal(31, 4)),
                fragment(plan(project, "functions_arithmetic_decimal/multiply:dec_dec"))
                        .projections()
                        .getLast());
    }

    @Test
    void listsAndCasesWithoutElse() {
        Rel project = Rel.newBuilder()
                .setProject(ProjectRel.newBuilder()
                        .setInput(read())
                        .addExpressions(Expression.newBuilder()
                                .setIfThen(Expression.IfThen.newBuilder()
                                        .addIfs(Expression.IfThen.IfClause.newBuilder()
                                                .setIf(Expression.newBuilder()
                                                        .setSingularOrList(Expression.SingularOrList.newBuilder()
                                                                .setValue(ExpressionWriter.field(1))
                                                                .addOptions(text("a"))
                                                                .addOptions(ExpressionWriter.field(1))))
                                                .setThen(ExpressionWriter.field(0))))))
                .build();

        Expr.Call read = (Expr.Call) fragment(plan(project)).projections().getLast();

        assertEquals(Function.CASE, read.function());
        assertEquals(Function.OR, ((Expr.Call) read.arg(0)).function());
        assertEquals(new Expr.Literal(DataType.INT32, null), read.arg(2));
    }

    /** Sums of decimals have the state Substrait says; arguments may be computed in place. */
    @Test
    void aggregatesOverTheReadItself() {
        io.substrait.proto.AggregateFunction sum = io.substrait.proto.AggregateFunction.newBuilder()
                .setFunctionReference(0)
                .setPhase(AggregationPhase.AGGREGATION_PHASE_INITIAL_TO_INTERMEDIATE)
                .setOutputType(PlanTypes.write(DataType.decimal(38, 2)))
                .addArguments(FunctionArgument.newBuilder().setValue(ExpressionWriter.field(2)))
                .build();
        Rel aggregate = Rel.newBuilder()
                .setAggregate(AggregateRel.newBuilder()
                        .setInput(read())
                        .addGroupingExpressions(ExpressionWriter.field(1))
                        .addGroupings(AggregateRel.Grouping.newBuilder().addExpressionReferences(0))
                        .addMeasures(AggregateRel.Measure.newBuilder()
                                .setMeasure(sum)
                                .setFilter(call(1, ExpressionWriter.field(0), integer(3)))))
                .build();

        Fragment fragment =
                fragment(plan(aggregate, "functions_arithmetic_decimal/sum:dec", "functions_comparison/lt:any_any"));

        assertEquals(
                new Terminal.Aggregate(List.of(1), List.of(new AggregateCall(AggregateFunction.SUM, 2, 3))),
                fragment.terminal());
        assertEquals(
                Expr.call(Function.LESS, ID, new Expr.Literal(DataType.INT32, 3L)),
                fragment.projections().get(3));
    }

    @Test
    @SuppressWarnings("deprecation")
    void oldFetchesAreRead() {
        Rel fetch = Rel.newBuilder()
                .setFetch(FetchRel.newBuilder().setInput(read()).setOffset(0).setCount(12))
                .build();
        Rel all = Rel.newBuilder()
                .setFetch(FetchRel.newBuilder().setInput(read()).setCount(-1))
                .build();

        assertEquals(new Terminal.Rows(12), fragment(plan(fetch)).terminal());
        assertEquals(new Terminal.Rows(-1), fragment(plan(all)).terminal());
    }

    @Test
    void masksSelectColumns() {
        Rel.Builder read = read().toBuilder();
        read.getReadBuilder()
                .getProjectionBuilder()
                .getSelectBuilder()
                .addStructItems(
                        Expression.MaskExpression.StructItem.newBuilder().setField(2))
                .addStructItems(
                        Expression.MaskExpression.StructItem.newBuilder().setField(0));

        assertEquals(List.of(PRICE_COLUMN, ID), fragment(plan(read.build())).projections());
    }
}
