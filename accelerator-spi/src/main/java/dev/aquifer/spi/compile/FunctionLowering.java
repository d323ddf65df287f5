package dev.aquifer.spi.compile;

import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.primitive.Primitive;

/** The primitive that a function becomes. */
final class FunctionLowering {
    private FunctionLowering() {}

    static Primitive primitive(Function function) {
        return switch (function) {
            case EQUAL -> Primitive.EQUAL;
            case NOT_EQUAL -> Primitive.NOT_EQUAL;
            case LESS -> Primitive.LESS;
            case LESS_OR_EQUAL -> Primitive.LESS_OR_EQUAL;
            case GREATER -> Primitive.GREATER;
            case GREATER_OR_EQUAL -> Primitive.GREATER_OR_EQUAL;
            case IS_DISTINCT_FROM -> Primitive.IS_DISTINCT_FROM;
            case IS_NOT_DISTINCT_FROM -> Primitive.IS_NOT_DISTINCT_FROM;
            case AND -> Primitive.AND;
            case OR -> Primitive.OR;
            case NOT -> Primitive.NOT;
            case IS_NULL -> Primitive.IS_NULL;
            case IS_NOT_NULL -> Primitive.IS_NOT_NULL;
            case IS_TRUE -> Primitive.IS_TRUE;
            case IS_NOT_TRUE -> Primitive.IS_NOT_TRUE;
            case IS_FALSE -> Primitive.IS_FALSE;
            case IS_NOT_FALSE -> Primitive.IS_NOT_FALSE;
            case LIKE -> Primitive.LIKE;
            case ILIKE -> Primitive.ILIKE;
            case SIMILAR_TO -> Primitive.SIMILAR_TO;
            case REGEXP_LIKE -> Primitive.REGEXP_LIKE;
            case ADD -> Primitive.ADD;
            case SUBTRACT -> Primitive.SUBTRACT;
            case MULTIPLY -> Primitive.MULTIPLY;
            case DIVIDE -> Primitive.DIVIDE;
            case MODULO -> Primitive.MODULO;
            case NEGATE -> Primitive.NEGATE;
            case ABS -> Primitive.ABS;
            case ROUND -> Primitive.ROUND;
            case FLOOR -> Primitive.FLOOR;
            case CEIL -> Primitive.CEIL;
            case SQRT -> Primitive.SQRT;
            case CAST -> Primitive.CAST;
            case EXTRACT_YEAR -> Primitive.EXTRACT_YEAR;
            case EXTRACT_QUARTER -> Primitive.EXTRACT_QUARTER;
            case EXTRACT_MONTH -> Primitive.EXTRACT_MONTH;
            case EXTRACT_WEEK -> Primitive.EXTRACT_WEEK;
            case EXTRACT_DAY -> Primitive.EXTRACT_DAY;
            case EXTRACT_DOW -> Primitive.EXTRACT_DOW;
            case EXTRACT_ISODOW -> Primitive.EXTRACT_ISODOW;
            case EXTRACT_DOY -> Primitive.EXTRACT_DOY;
            case EXTRACT_HOUR -> Primitive.EXTRACT_HOUR;
            case EXTRACT_MINUTE -> Primitive.EXTRACT_MINUTE;
            case EXTRACT_SECOND -> Primitive.EXTRACT_SECOND;
            case EXTRACT_MILLISECOND -> Primitive.EXTRACT_MILLISECOND;
            case EXTRACT_MICROSECOND -> Primitive.EXTRACT_MICROSECOND;
            case EXTRACT_EPOCH -> Primitive.EXTRACT_EPOCH;
            case ADD_DAYS -> Primitive.ADD_DAYS;
            case ADD_MONTHS -> Primitive.ADD_MONTHS;
            case ADD_MICROS -> Primitive.ADD_MICROS;
            case DAYS_BETWEEN -> Primitive.DAYS_BETWEEN;
            case MICROS_BETWEEN -> Primitive.MICROS_BETWEEN;
            case TRUNCATE_YEAR -> Primitive.TRUNCATE_YEAR;
            case TRUNCATE_QUARTER -> Primitive.TRUNCATE_QUARTER;
            case TRUNCATE_MONTH -> Primitive.TRUNCATE_MONTH;
            case TRUNCATE_WEEK -> Primitive.TRUNCATE_WEEK;
            case TRUNCATE_DAY -> Primitive.TRUNCATE_DAY;
            case TRUNCATE_HOUR -> Primitive.TRUNCATE_HOUR;
            case TRUNCATE_MINUTE -> Primitive.TRUNCATE_MINUTE;
            case TRUNCATE_SECOND -> Primitive.TRUNCATE_SECOND;
            case SUBSTRING -> Primitive.SUBSTRING;
            case UPPER -> Primitive.UPPER;
            case LOWER -> Primitive.LOWER;
            case CHAR_LENGTH -> Primitive.CHAR_LENGTH;
            case CONCAT -> Primitive.CONCAT;
            case TRIM -> Primitive.TRIM;
            case LTRIM -> Primitive.LTRIM;
            case RTRIM -> Primitive.RTRIM;
            case POSITION -> Primitive.POSITION;
            case REPLACE -> Primitive.REPLACE;
            case IN -> Primitive.IN_SET;
            case CASE, COALESCE -> Primitive.CHOOSE;
        };
    }
}
