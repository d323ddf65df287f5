package dev.aquifer.engine.random;

/** The columns that every random table has: one of each type, and some with few distinct values to group and join by. */
enum ColumnKind {
    ID("id", "BIGINT"),
    I8("i8", "TINYINT"),
    I16("i16", "SMALLINT"),
    I32("i32", "INTEGER"),
    I64("i64", "BIGINT"),
    D9("d9", "DECIMAL(9,2)"),
    D18("d18", "DECIMAL(18,4)"),
    D30("d30", "DECIMAL(30,6)"),
    F32("f32", "FLOAT"),
    F64("f64", "DOUBLE"),
    DT("dt", "DATE"),
    TS("ts", "TIMESTAMP"),
    B("b", "BOOLEAN"),
    S("s", "VARCHAR"),
    K("k", "INTEGER"),
    W("w", "VARCHAR");

    final String column;
    final String duckType;

    ColumnKind(String column, String duckType) {
        this.column = column;
        this.duckType = duckType;
    }
}
