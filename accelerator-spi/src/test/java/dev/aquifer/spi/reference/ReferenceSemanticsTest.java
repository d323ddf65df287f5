package dev.aquifer.spi.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What expressions give, as text. The values were worked out by hand from PostgreSQL's rules, not taken from the code.
 */
final class ReferenceSemanticsTest {
    private static DataType type(String name) {
        String[] parts = name.split("[(,)]", -1);
        return switch (parts[0]) {
            case "bool" -> DataType.BOOLEAN;
            case "i8" -> DataType.INT8;
            case "i16" -> DataType.INT16;
            case "i32" -> DataType.INT32;
            case "i64" -> DataType.INT64;
            case "f32" -> DataType.FLOAT32;
            case "f64" -> DataType.FLOAT64;
            case "date" -> DataType.DATE;
            case "ts" -> DataType.TIMESTAMP;
            case "text" -> DataType.VARCHAR;
            case "dec" -> DataType.decimal(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** {@code type:text}, or {@code type:null}; the value is read without the code under test where that is easy. */
    private static Expr.Literal literal(String spec) {
        int colon = spec.indexOf(':');
        DataType type = type(spec.substring(0, colon));
        String text = spec.substring(colon + 1);
        if (text.equals("null")) {
            return new Expr.Literal(type, null);
        }
        Object value = switch (type.kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT8, INT16, INT32, INT64 -> Long.valueOf(text);
            case DECIMAL -> {
                BigInteger unscaled =
                        new BigDecimal(text).setScale(type.scale()).unscaledValue();
                yield type.physical() == Physical.LONG ? (Object) unscaled.longValueExact() : unscaled;
            }
            case FLOAT32 -> (double) Float.parseFloat(text);
            case FLOAT64 -> Double.parseDouble(text);
            case DATE -> TimeReading.readDate(Bytes.utf8(text));
            case TIMESTAMP -> TimeReading.readTimestamp(Bytes.utf8(text));
            case VARCHAR -> Bytes.utf8(text);
            case BINARY -> throw new IllegalArgumentException(spec);
        };
        return new Expr.Literal(type, value);
    }

    private static @Nullable Object evaluate(Expr expr) {
        return RowEvaluator.of(List.of(), List.of(expr)).evaluate(new Object[0])[0];
    }

    private static String shown(Expr expr) {
        Object value = evaluate(expr);
        return value == null ? "null" : ValueText.of(expr.type(), Objects.requireNonNull(value));
    }

    private static String outcome(Expr expr) {
        try {
            return shown(expr);
        } catch (AquiferException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    private static Expr call(String function, String args) {
        List<Expr> list = new ArrayList<>();
        for (String arg : args.split(" ; ", -1)) {
            list.add(literal(arg));
        }
        return Expr.call(Function.valueOf(function), list.toArray(Expr[]::new));
    }

    @ParameterizedTest(name = "{0}({1}) = {2}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "ADD | i32:1 ; i32:2 | 3",
                "ADD | i64:9223372036854775807 ; i64:1 | OUT_OF_RANGE: 9223372036854775807 + 1 does not fit INT64",
                "ADD | i8:100 ; i8:28 | OUT_OF_RANGE: 100 + 28 does not fit INT8",
                "SUBTRACT | i64:-9223372036854775808 ; i64:1 | OUT_OF_RANGE: -9223372036854775808 - 1 does not fit INT64",
                "MULTIPLY | i64:4294967296 ; i64:-2147483648 | -9223372036854775808",
                "MULTIPLY | i64:4294967296 ; i64:2147483648 | OUT_OF_RANGE: 4294967296 * 2147483648 does not fit INT64",
                "DIVIDE | i32:-7 ; i32:2 | -3",
                "DIVIDE | i32:7 ; i32:0 | DIVISION_BY_ZERO: division by zero",
                "DIVIDE | i32:-2147483648 ; i32:-1 | OUT_OF_RANGE: -2147483648 / -1 does not fit INT32",
                "MODULO | i32:-7 ; i32:3 | -1",
                "MODULO | i32:7 ; i32:-3 | 1",
                "MODULO | i64:-9223372036854775808 ; i64:-1 | 0",
                "MODULO | i64:5 ; i64:0 | DIVISION_BY_ZERO: division by zero",
                "NEGATE | i16:-32768 | OUT_OF_RANGE: -(-32768) does not fit INT16",
                "ABS | i64:-9223372036854775808 | OUT_OF_RANGE: abs(-9223372036854775808) does not fit INT64",
                "ABS | dec(5,2):-1.50 | 1.50",
                "ADD | i32:null ; i32:2 | null",
                // Decimals: scales as Typing derives them.
                "ADD | dec(5,2):1.50 ; dec(4,1):2.5 | 4.00",
                "SUBTRACT | dec(5,2):1.50 ; dec(7,4):0.0001 | 1.4999",
                "MULTIPLY | dec(15,2):1.05 ; dec(15,2):1.05 | 1.1025",
                "MULTIPLY | dec(38,0):99999999999999999999999999999999999999 ; dec(2,0):10 | OUT_OF_RANGE: 99999999999999999999999999999999999999 * 10 does not fit DECIMAL(38,0)",
                "DIVIDE | dec(3,0):1 ; dec(3,0):3 | 0.3333333333333333",
                "DIVIDE | dec(3,0):-2 ; dec(3,0):3 | -0.6666666666666667",
                "DIVIDE | dec(3,1):1.0 ; dec(3,1):0.0 | DIVISION_BY_ZERO: division by zero",
                "MODULO | dec(5,2):-7.50 ; dec(5,2):2.00 | -1.50",
                "ROUND | dec(2,1):9.5 | 10",
                "ROUND | dec(3,1):-2.5 | -3",
                "ROUND | dec(5,3):9.995 ; i32:2 | 10.000",
                "ROUND | i32:15 ; i32:-1 | 20",
                "ROUND | i32:-15 ; i32:-1 | -20",
                "ROUND | i8:127 ; i8:127 | TYPE_MISMATCH: ROUND does not take arguments of types [INT8, INT8]",
                "ROUND | i8:127 ; i32:-1 | OUT_OF_RANGE: round(127, -1) does not fit INT8",
                "ROUND | i64:5 ; i32:-2147483648 | 0",
                "FLOOR | dec(3,1):-2.5 | -3",
                "CEIL | dec(3,1):99.5 | 100",
                // Floats.
                "ADD | f64:0.1 ; f64:0.2 | 0.30000000000000004",
                "ADD | f32:0.1 ; f32:0.2 | 0.3",
                "MULTIPLY | f64:1e308 ; f64:10 | OUT_OF_RANGE: 1e+308 * 10 does not fit FLOAT64",
                "MULTIPLY | f32:1e38 ; f32:10 | OUT_OF_RANGE: 1e+38 * 10 does not fit FLOAT32",
                "MULTIPLY | f64:Infinity ; f64:10 | Infinity",
                "SUBTRACT | f64:Infinity ; f64:Infinity | NaN",
                "DIVIDE | f64:1 ; f64:0 | DIVISION_BY_ZERO: division by zero",
                "DIVIDE | f64:0 ; f64:-0.0 | DIVISION_BY_ZERO: division by zero",
                "DIVIDE | f64:NaN ; f64:0 | NaN",
                "DIVIDE | f64:1 ; f64:Infinity | 0",
                "ROUND | f64:2.5 | 2",
                "ROUND | f64:3.5 | 4",
                "ROUND | f64:-0.4 | -0",
                "SQRT | f64:2 | 1.4142135623730951",
                "SQRT | f64:-1 | INVALID_ARGUMENT: square root of the negative number -1",
                // Comparisons.
                "EQUAL | f64:NaN ; f64:NaN | true",
                "GREATER | f64:NaN ; f64:Infinity | true",
                "EQUAL | f64:0.0 ; f64:-0.0 | true",
                "LESS | text:a ; text:B | false",
                "LESS | text:\uffff ; text:\ud83d\ude00 | true",
                "EQUAL | text: ; text:null | null",
                "IS_DISTINCT_FROM | i32:null ; i32:null | false",
                "IS_DISTINCT_FROM | i32:1 ; i32:null | true",
                "IS_NOT_DISTINCT_FROM | f64:NaN ; f64:NaN | true",
                // Three values.
                "AND | bool:null ; bool:false | false",
                "AND | bool:null ; bool:true | null",
                "OR | bool:null ; bool:true | true",
                "OR | bool:null ; bool:false | null",
                "AND | bool:true ; bool:true ; bool:null | null",
                "NOT | bool:null | null",
                "IS_NOT_TRUE | bool:null | true",
                "IS_FALSE | bool:null | false",
                "IS_NULL | text:null | true",
                "IN | i32:1 ; i32:2 ; i32:null | null",
                "IN | i32:2 ; i32:2 ; i32:null | true",
                "IN | i32:null ; i32:2 | null",
                "IN | f64:-0.0 ; f64:0.0 | true",
                "CASE | bool:null ; i32:1 ; i32:2 | 2",
                "COALESCE | i32:null ; i32:null ; i32:3 | 3",
                // LIKE.
                "LIKE | text:abc ; text:a% | true",
                "LIKE | text:abc ; text:a_c | true",
                "LIKE | text:a\u00e9c ; text:a_c | true",
                "LIKE | text:a\ud83d\ude00c ; text:a_c | true",
                "LIKE | text:a\ud83d\ude00c ; text:a__c | false",
                "LIKE | text:abc ; text:%b% | true",
                "LIKE | text:aXbXc ; text:a%b%c | true",
                "LIKE | text:abcbd ; text:a%b_ | true",
                "LIKE | text:ABC ; text:abc | false",
                "ILIKE | text:\u00c4BC ; text:\u00e4b% | true",
                "LIKE | text: ; text:% | true",
                "LIKE | text: ; text:_ | false",
                "LIKE | text: ; text: | true",
                "LIKE | text:a ; text: | false",
                "LIKE | text:a%c ; text:a#%c ; text:# | true",
                "LIKE | text:abc ; text:a#%c ; text:# | false",
                "LIKE | text:a\\\\c ; text:a\\\\c | true",
                "LIKE | text:abc ; text:abc# ; text:# | INVALID_ARGUMENT: the pattern 'abc#' of LIKE ends with its escape character",
                "LIKE | text:abc ; text:abc ; text:## | INVALID_ARGUMENT: the escape of LIKE must be one character, not '##'",
                "LIKE | text:abc ; text:null | null",
                "LIKE | text:null ; text:a | null",
                // Text.
                "SUBSTRING | text:h\u00e9llo ; i64:2 ; i64:3 | \u00e9ll",
                "SUBSTRING | text:hello ; i64:-1 ; i64:4 | he",
                "SUBSTRING | text:hello ; i64:9 | ``",
                "SUBSTRING | text:hello ; i64:-9223372036854775808 | hello",
                "SUBSTRING | text:hello ; i64:2 ; i64:9223372036854775807 | ello",
                "SUBSTRING | text:hello ; i64:2 ; i64:-1 | INVALID_ARGUMENT: negative substring length -1",
                "UPPER | text:stra\u00dfe \u00e9 | STRA\u00dfE \u00c9",
                "LOWER | text:\u00c9A\u0130 | \u00e9ai",
                "CHAR_LENGTH | text:h\u00e9\ud83d\ude00 | 3",
                "CONCAT | text:a ; text:b ; text:c | abc",
                "CONCAT | text:a ; text:null | null",
                "TRIM | text:xxaxx ; text:x | a",
                "LTRIM | text:\u00e9xa\u00e9 ; text:x\u00e9 | a\u00e9",
                "RTRIM | text:axy ; text:yx | a",
                "POSITION | text:h\u00e9llo ; text:llo | 3",
                "POSITION | text:hello ; text:z | 0",
                "POSITION | text:hello ; text: | 1",
                "REPLACE | text:aaa ; text:aa ; text:b | ba",
                "REPLACE | text:abc ; text: ; text:x | abc",
                // Time.
                "EXTRACT_YEAR | date:1969-12-31 | 1969",
                "EXTRACT_WEEK | date:2010-01-03 | 53",
                "EXTRACT_DOW | date:2026-11-22 | 0",
                "EXTRACT_ISODOW | date:2026-11-22 | 7",
                "EXTRACT_DOY | date:2024-12-31 | 366",
                "EXTRACT_QUARTER | date:2024-10-01 | 4",
                "EXTRACT_SECOND | ts:1969-12-31 23:59:59.999999 | 59",
                "EXTRACT_MILLISECOND | ts:2001-01-01 00:00:07.123456 | 7123",
                "EXTRACT_MICROSECOND | ts:2001-01-01 00:00:07.123456 | 7123456",
                "EXTRACT_EPOCH | ts:1969-12-31 23:59:59.5 | -1",
                "EXTRACT_HOUR | date:2001-01-01 | 0",
                "ADD_DAYS | date:2024-02-28 ; i64:2 | 2024-03-01",
                "ADD_DAYS | date:2024-02-28 ; i64:9223372036854775807 | OUT_OF_RANGE: 2024-02-28 + 9223372036854775807 days does not fit DATE",
                "ADD_MONTHS | date:2024-01-31 ; i64:1 | 2024-02-29",
                "ADD_MONTHS | date:2024-03-31 ; i64:-13 | 2023-02-28",
                "ADD_MONTHS | ts:2024-01-31 12:30:00 ; i64:1 | 2024-02-29 12:30:00",
                "ADD_MONTHS | date:2024-01-31 ; i64:-9223372036854775808 | OUT_OF_RANGE: 2024-01-31 + -9223372036854775808 months does not fit DATE",
                "ADD_MICROS | ts:2024-02-28 23:59:59.999999 ; i64:1 | 2024-02-29 00:00:00",
                "DAYS_BETWEEN | date:2024-03-01 ; date:2024-02-28 | 2",
                "MICROS_BETWEEN | ts:2024-03-01 00:00:00 ; ts:2024-02-29 23:59:59 | 1000000",
                "TRUNCATE_WEEK | date:2026-11-22 | 2026-11-16",
                "TRUNCATE_QUARTER | ts:2026-11-22 10:11:12.5 | 2026-10-01 00:00:00",
                "TRUNCATE_SECOND | ts:1960-11-22 10:11:12.5 | 1960-11-22 10:11:12",
                "TRUNCATE_MINUTE | ts:1960-11-22 10:11:12.5 | 1960-11-22 10:11:00",
            })
    void call(String function, String args, String expected) {
        assertEquals(expected, outcomeOfCall(function, args));
    }

    private static String outcomeOfCall(String function, String args) {
        try {
            return outcome(call(function, args));
        } catch (AquiferException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    @ParameterizedTest(name = "CAST({0} AS {1}) = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "i32:300 | i8 | OUT_OF_RANGE: 300 does not fit INT8",
                "i32:2 | bool | true",
                "bool:true | i64 | 1",
                "i32:12 | dec(3,1) | 12.0",
                "i32:123 | dec(3,1) | OUT_OF_RANGE: 123 does not fit DECIMAL(3,1)",
                "dec(3,1):2.5 | i32 | 3",
                "dec(3,1):-2.5 | i32 | -3",
                "dec(20,0):9223372036854775808 | i64 | OUT_OF_RANGE: 9223372036854775808 does not fit INT64",
                "dec(5,3):1.005 | dec(4,2) | 1.01",
                "dec(3,2):9.99 | dec(2,1) | OUT_OF_RANGE: 9.99 does not fit DECIMAL(2,1)",
                "f64:2.5 | i32 | 2",
                "f64:3.5 | i32 | 4",
                "f64:NaN | i32 | OUT_OF_RANGE: NaN does not fit INT32",
                "f64:9223372036854775807 | i64 | OUT_OF_RANGE: 9.223372036854776e+18 does not fit INT64",
                "f64:-9223372036854775808 | i64 | -9223372036854775808",
                "f64:1e300 | i64 | OUT_OF_RANGE: 1e+300 does not fit INT64",
                "f64:0.1 | dec(38,20) | 0.10000000000000000000",
                "f32:0.1 | dec(38,20) | 0.10000000000000000000",
                "f64:1.005 | dec(10,2) | 1.01",
                "f64:Infinity | dec(10,2) | OUT_OF_RANGE: Infinity does not fit DECIMAL(10,2)",
                "f64:1e300 | f32 | OUT_OF_RANGE: 1e+300 does not fit FLOAT32",
                "f64:0.1 | f32 | 0.1",
                "i64:9007199254740993 | f64 | 9.007199254740992e+15",
                "i64:16777217 | f32 | 1.6777216e+07",
                "f64:100000 | text | 100000",
                "f64:1e15 | text | 1e+15",
                "f64:0.00001 | text | 1e-05",
                "f64:-0.0 | text | -0",
                "f32:3.4028235e38 | text | 3.4028235e+38",
                "f32:1.5 | text | 1.5",
                "dec(5,2):1.50 | text | 1.50",
                "date:2010-05-06 | ts | 2010-05-06 00:00:00",
                "ts:1969-12-31 23:59:59 | date | 1969-12-31",
                "ts:2010-05-06 07:08:09.120000 | text | 2010-05-06 07:08:09.12",
                "text: 12  | i32 | 12",
                "text:+12 | i32 | 12",
                "text:1.5 | i32 | INVALID_CAST: '1.5' is not an INT32",
                "text:abc | i32 | INVALID_CAST: 'abc' is not an INT32",
                "text: | i32 | INVALID_CAST: '' is not an INT32",
                "text:- | i32 | INVALID_CAST: '-' is not an INT32",
                "text:99999999999999999999999 | i32 | OUT_OF_RANGE: '99999999999999999999999' does not fit INT32",
                "text:-000000000000000000000000128 | i8 | -128",
                "text:1.005 | dec(4,2) | 1.01",
                "text:-.5e1 | dec(4,2) | -5.00",
                "text:1e999999999999 | dec(4,2) | OUT_OF_RANGE: '1e999999999999' does not fit DECIMAL(4,2)",
                "text:1e-999999999999 | dec(4,2) | 0.00",
                "text:0e999999999999 | dec(4,2) | 0.00",
                "text:. | dec(4,2) | INVALID_CAST: '.' is not a DECIMAL(4,2)",
                "text:1e | dec(4,2) | INVALID_CAST: '1e' is not a DECIMAL(4,2)",
                "text:nan | f64 | NaN",
                "text:-inf | f32 | -Infinity",
                "text:1e400 | f64 | OUT_OF_RANGE: '1e400' does not fit FLOAT64",
                "text:0x1p3 | f64 | INVALID_CAST: '0x1p3' is not a FLOAT64",
                "text:1d | f64 | INVALID_CAST: '1d' is not a FLOAT64",
                "text: TRU | bool | true",
                "text:of | bool | false",
                "text:o | bool | INVALID_CAST: 'o' is not a BOOLEAN",
                "text: | bool | INVALID_CAST: '' is not a BOOLEAN",
                "text:2010-5-6 | date | 2010-05-06",
                "text:2010/05/06 | date | 2010-05-06",
                "text:20100506 | date | 2010-05-06",
                "text:2010-02-29 | date | INVALID_CAST: '2010-02-29' is not a DATE",
                "text:2010-05 | date | INVALID_CAST: '2010-05' is not a DATE",
                "text:2010-05-06 07:08:09 | date | 2010-05-06",
                "text:2010-05-06x | date | INVALID_CAST: '2010-05-06x' is not a DATE",
                "text:-0043-03-15 | date | -0043-03-15",
                "text:+12010-05-06 | date | +12010-05-06",
                "text:9999999-01-01 | date | OUT_OF_RANGE: '9999999-01-01' does not fit DATE",
                "text:2010-05-06T07:08:09.1234565Z | ts | 2010-05-06 07:08:09.123457",
                "text:2010-05-06 24:00:00 | ts | 2010-05-07 00:00:00",
                "text:2010-05-06 24:00:01 | ts | INVALID_CAST: '2010-05-06 24:00:01' is not a TIMESTAMP",
                "text:2010-05-06 24:00:60 | ts | INVALID_CAST: '2010-05-06 24:00:60' is not a TIMESTAMP",
                "text:2010-05-06 23:59:60.5 | ts | INVALID_CAST: '2010-05-06 23:59:60.5' is not a TIMESTAMP",
                "text:2010-05-06 23:59:60 | ts | 2010-05-07 00:00:00",
                "text:2010-05-06 07:08+02 | ts | 2010-05-06 07:08:00",
                "text:2010-05-06 | ts | 2010-05-06 00:00:00",
                "text:2010-05-06 7 | ts | INVALID_CAST: '2010-05-06 7' is not a TIMESTAMP",
            })
    void cast(String value, String target, String expected) {
        assertEquals(expected, outcome(Expr.cast(literal(value), type(target))));
    }

    @Test
    void malformedBytesAreCharactersOfTheirOwn() {
        byte[] bytes = {'a', (byte) 0xc3, (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'z'};
        Expr text = new Expr.Literal(DataType.VARCHAR, Bytes.of(bytes));
        assertEquals(7L, evaluate(Expr.call(Function.CHAR_LENGTH, text)));
        assertEquals(
                Bytes.of(new byte[] {'A', (byte) 0xc3, (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'Z'}),
                evaluate(Expr.call(Function.UPPER, text)));
        assertEquals(true, evaluate(Expr.call(Function.LIKE, text, literal("text:a_____z"))));
        assertEquals(false, evaluate(Expr.call(Function.LIKE, text, literal("text:a______z"))));
        assertEquals(true, evaluate(Expr.call(Function.ILIKE, text, literal("text:A%Z"))));
    }

    @Test
    void onlyTheBranchTakenIsEvaluated() {
        Expr failing = Expr.call(Function.DIVIDE, literal("i32:1"), literal("i32:0"));
        Expr one = literal("i32:1");
        Expr positive = Expr.call(Function.GREATER, failing, one);
        assertEquals(1L, evaluate(Expr.call(Function.CASE, literal("bool:false"), failing, one)));
        assertEquals(1L, evaluate(Expr.call(Function.CASE, literal("bool:true"), one, failing)));
        assertEquals(1L, evaluate(Expr.call(Function.COALESCE, one, failing)));
        assertEquals(false, evaluate(Expr.call(Function.AND, literal("bool:false"), positive)));
        assertEquals(true, evaluate(Expr.call(Function.OR, literal("bool:true"), positive)));
        AquiferException thrown = assertThrows(
                AquiferException.class, () -> evaluate(Expr.call(Function.AND, literal("bool:null"), positive)));
        assertEquals(ErrorCode.DIVISION_BY_ZERO, thrown.code());
    }
}
