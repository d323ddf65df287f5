package dev.aquifer.protocol.substrait;

/** The extensions whose functions plans use. */
final class Urns {
    static final String COMPARISON = "extension:io.substrait:functions_comparison";
    static final String BOOLEAN = "extension:io.substrait:functions_boolean";
    static final String ARITHMETIC = "extension:io.substrait:functions_arithmetic";
    static final String DECIMAL = "extension:io.substrait:functions_arithmetic_decimal";
    static final String ROUNDING = "extension:io.substrait:functions_rounding";
    static final String STRING = "extension:io.substrait:functions_string";
    static final String DATETIME = "extension:io.substrait:functions_datetime";
    static final String AGGREGATE = "extension:io.substrait:functions_aggregate_generic";
    /** Every function of Aquifer, under its own name in lower case, with Aquifer's types. */
    static final String AQUIFER = "extension:dev.aquifer:functions";

    private Urns() {}
}
