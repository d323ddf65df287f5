package dev.aquifer.engine.slt;

import java.util.List;

/** A parsed test file. */
record SltScript(String name, List<SltTable> tables, List<SltRecord> records) {
    SltScript {
        tables = List.copyOf(tables);
        records = List.copyOf(records);
    }
}
