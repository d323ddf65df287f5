package dev.aquifer.spi.primitive;

/**
 * The operations that devices hold as pipelines. An operation reads the registers {@link Op#args()} and writes its own; the
 * types are those of the registers. Unless said otherwise, a row's result is null when an argument is null there, and a
 * row outside of {@link Op#mask()} has no defined result and never fails. What each does is told at the {@link
 * dev.aquifer.spi.expr.Function} of the same name.
 */
public enum Primitive {
    /** The scanned column {@link Op#index()}. */
    LOAD(Family.INPUT),
    /** The constant {@link Op#index()} of the arguments, the same for every row. */
    PARAMETER(Family.INPUT),

    EQUAL(Family.COMPARE),
    NOT_EQUAL(Family.COMPARE),
    LESS(Family.COMPARE),
    LESS_OR_EQUAL(Family.COMPARE),
    GREATER(Family.COMPARE),
    GREATER_OR_EQUAL(Family.COMPARE),
    IS_DISTINCT_FROM(Family.COMPARE),
    IS_NOT_DISTINCT_FROM(Family.COMPARE),

    /** Of exactly two registers, with SQL's three values; so is OR. */
    AND(Family.LOGIC),
    OR(Family.LOGIC),
    NOT(Family.LOGIC),
    IS_NULL(Family.LOGIC),
    IS_NOT_NULL(Family.LOGIC),
    IS_TRUE(Family.LOGIC),
    IS_NOT_TRUE(Family.LOGIC),
    IS_FALSE(Family.LOGIC),
    IS_NOT_FALSE(Family.LOGIC),

    /** One register, against the {@link Argument.ValueSet} of parameter {@link Op#index()}. */
    IN_SET(Family.SEARCH),
    /** One register, against the {@link Argument.Pattern} of parameter {@link Op#index()}. */
    LIKE(Family.SEARCH),
    ILIKE(Family.SEARCH),
    SIMILAR_TO(Family.SEARCH),
    /** One register, against the {@link Argument.Expression} of parameter {@link Op#index()}. */
    REGEXP_LIKE(Family.SEARCH),

    /** Decimals of ADD, SUBTRACT and MODULO all have the scale of the result; the compiler casts them where needed. */
    ADD(Family.ARITHMETIC),
    SUBTRACT(Family.ARITHMETIC),
    MULTIPLY(Family.ARITHMETIC),
    DIVIDE(Family.ARITHMETIC),
    MODULO(Family.ARITHMETIC),
    NEGATE(Family.ARITHMETIC),
    ABS(Family.ARITHMETIC),
    /** The second register of ROUND, where there is one, is a PARAMETER. */
    ROUND(Family.ARITHMETIC),
    FLOOR(Family.ARITHMETIC),
    CEIL(Family.ARITHMETIC),
    SQRT(Family.ARITHMETIC),

    /** (condition, then, else): then where the condition is true, else where it is false or null. */
    CHOOSE(Family.CHOICE),
    /** To the register's type. */
    CAST(Family.CAST),

    EXTRACT_YEAR(Family.TIME_PART),
    EXTRACT_QUARTER(Family.TIME_PART),
    EXTRACT_MONTH(Family.TIME_PART),
    EXTRACT_WEEK(Family.TIME_PART),
    EXTRACT_DAY(Family.TIME_PART),
    EXTRACT_DOW(Family.TIME_PART),
    EXTRACT_ISODOW(Family.TIME_PART),
    EXTRACT_DOY(Family.TIME_PART),
    EXTRACT_HOUR(Family.TIME_PART),
    EXTRACT_MINUTE(Family.TIME_PART),
    EXTRACT_SECOND(Family.TIME_PART),
    EXTRACT_MILLISECOND(Family.TIME_PART),
    EXTRACT_MICROSECOND(Family.TIME_PART),
    EXTRACT_EPOCH(Family.TIME_PART),
    ADD_DAYS(Family.TIME),
    ADD_MONTHS(Family.TIME),
    ADD_MICROS(Family.TIME),
    DAYS_BETWEEN(Family.TIME),
    MICROS_BETWEEN(Family.TIME),
    TRUNCATE_YEAR(Family.TIME),
    TRUNCATE_QUARTER(Family.TIME),
    TRUNCATE_MONTH(Family.TIME),
    TRUNCATE_WEEK(Family.TIME),
    TRUNCATE_DAY(Family.TIME),
    TRUNCATE_HOUR(Family.TIME),
    TRUNCATE_MINUTE(Family.TIME),
    TRUNCATE_SECOND(Family.TIME),

    SUBSTRING(Family.TEXT),
    UPPER(Family.TEXT),
    LOWER(Family.TEXT),
    CHAR_LENGTH(Family.TEXT),
    /** Of exactly two registers. */
    CONCAT(Family.TEXT),
    TRIM(Family.TEXT),
    LTRIM(Family.TEXT),
    RTRIM(Family.TEXT),
    POSITION(Family.TEXT),
    REPLACE(Family.TEXT);

    /** Groups of primitives that a device implements together. */
    public enum Family {
        INPUT,
        COMPARE,
        LOGIC,
        SEARCH,
        ARITHMETIC,
        CHOICE,
        CAST,
        /** Parts of dates and timestamps; they never fail. */
        TIME_PART,
        /** Arithmetic of dates and timestamps, and rounding them down. */
        TIME,
        TEXT
    }

    private final Family family;

    Primitive(Family family) {
        this.family = family;
    }

    public Family family() {
        return family;
    }
}
