package dev.aquifer.spi.expr;

/**
 * Every scalar function a fragment can have. Unless said otherwise the result is null when an argument is, and
 * arguments that are compared or combined have equal types. Semantics are PostgreSQL's; their exact form is the
 * reference device.
 */
public enum Function {
    /** Comparisons of two values of equal type. Floats: -0.0 equals 0.0, NaN equals NaN and is greater than all else. */
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** NOT_EQUAL in which null is a value; never null. */
    IS_DISTINCT_FROM,
    IS_NOT_DISTINCT_FROM,
    /** Of two or more booleans, with SQL's three values. */
    AND,
    OR,
    NOT,
    /** Of any type; never null. */
    IS_NULL,
    IS_NOT_NULL,
    /** Of a boolean; never null. */
    IS_TRUE,
    IS_NOT_TRUE,
    IS_FALSE,
    IS_NOT_FALSE,
    /** (value, literal, literal...): equal to one of the literals; null where none is equal and the list has a null. */
    IN,
    /**
     * (text, pattern literal[, escape literal]): {@code %} any run, {@code _} one code point. No escape unless given. A
     * pattern that ends with the escape is an error, whatever the rows.
     */
    LIKE,
    /** LIKE without regard to case, after {@link #LOWER} of both. */
    ILIKE,
    /**
     * (text, pattern literal[, escape literal]): the whole text matches a pattern of LIKE that may also have alternation,
     * quantifiers, groups and brackets ({@link dev.aquifer.spi.regex.Regex#similarTo}). No escape unless given.
     */
    SIMILAR_TO,
    /**
     * (text, expression literal[, flags literal]): some part of the text matches a regular expression ({@link
     * dev.aquifer.spi.regex.Regex#search}).
     */
    REGEXP_LIKE,

    /**
     * Arithmetic. Integers: equal types in and out. Decimals: any
     * precision and scale; {@link Typing} has the result's.
     * Floats: equal types in and out. A result that does not fit its type is an error; so is infinity from finite
     * floats. Division and modulo by zero are errors, but for a NaN dividend. A float too small for its type is zero.
     */
    ADD,
    SUBTRACT,
    MULTIPLY,
    /** Integers truncate towards zero; decimals round half away from zero at the result's scale. */
    DIVIDE,
    /** The sign of the dividend. */
    MODULO,
    NEGATE,
    ABS,
    /**
     * (number[, INT32 literal digits]): half away from zero; floats half to even without digits, and by their exact
     * binary value with digits. Of a DECIMAL(p,s): without digits a whole number, DECIMAL(p-s+1,0) where s is not 0; with
     * digits DECIMAL(p+1,s), which holds the carry.
     */
    ROUND,
    /** Of a DECIMAL(p,s) with s not 0: DECIMAL(p-s+1,0). So is CEIL. */
    FLOOR,
    CEIL,
    /** Of a FLOAT64; negative is an error. */
    SQRT,

    /** (condition, value, condition, value..., else): the first whose condition is true; only that value is evaluated. */
    CASE,
    /** The first argument that is not null; later ones are not evaluated. */
    COALESCE,
    /**
     * To the call's type. Text is read as PostgreSQL reads it, spaces around it ignored. To an integer, decimals round
     * half away from zero and floats half to even; a float becomes the decimal of its shortest text. A value the type does
     * not hold is OUT_OF_RANGE, a text that is no value of the type INVALID_CAST.
     */
    CAST,

    /** Parts of a DATE or TIMESTAMP as INT64. A DATE has time of day zero. */
    EXTRACT_YEAR,
    EXTRACT_QUARTER,
    EXTRACT_MONTH,
    /** ISO 8601 week. */
    EXTRACT_WEEK,
    EXTRACT_DAY,
    /** Sunday is 0. */
    EXTRACT_DOW,
    /** Monday is 1. */
    EXTRACT_ISODOW,
    EXTRACT_DOY,
    EXTRACT_HOUR,
    EXTRACT_MINUTE,
    /** Whole seconds, 0 to 59. */
    EXTRACT_SECOND,
    /** Seconds of the minute in thousandths and millionths, fraction included. */
    EXTRACT_MILLISECOND,
    EXTRACT_MICROSECOND,
    /** Whole seconds since 1970-01-01, rounded down. */
    EXTRACT_EPOCH,

    /** (DATE, INT64 days) gives DATE. */
    ADD_DAYS,
    /** (DATE or TIMESTAMP, INT64 months) gives the same type; a day past the month's end becomes its last. */
    ADD_MONTHS,
    /** (TIMESTAMP, INT64 microseconds) gives TIMESTAMP. */
    ADD_MICROS,
    /** (DATE, DATE) gives the days from the second to the first as INT64. */
    DAYS_BETWEEN,
    /** (TIMESTAMP, TIMESTAMP) gives the microseconds from the second to the first as INT64. */
    MICROS_BETWEEN,
    /** Rounds a DATE or TIMESTAMP down to the start of its year, quarter, month, week (Monday), day, hour, minute, second. */
    TRUNCATE_YEAR,
    TRUNCATE_QUARTER,
    TRUNCATE_MONTH,
    TRUNCATE_WEEK,
    TRUNCATE_DAY,
    TRUNCATE_HOUR,
    TRUNCATE_MINUTE,
    TRUNCATE_SECOND,

    /** (text, INT64 from[, INT64 length]): code points, from 1; a start before 1 counts towards the length; negative length is an error. */
    SUBSTRING,
    /** Simple case mapping of each code point, locale free ({@link Character#toUpperCase(int)}). */
    UPPER,
    LOWER,
    /** Code points, as INT64. */
    CHAR_LENGTH,
    /** Of two or more texts; null if one is. */
    CONCAT,
    /** (text[, VARCHAR characters]): removes spaces, or any of the characters, from both ends, the left, the right. */
    TRIM,
    LTRIM,
    RTRIM,
    /** (text, VARCHAR needle): the code point position of the first occurrence from 1, or 0, as INT64; 1 for an empty needle. */
    POSITION,
    /** (text, VARCHAR from, VARCHAR to): every occurrence replaced, left to right; an empty from changes nothing. */
    REPLACE
}
