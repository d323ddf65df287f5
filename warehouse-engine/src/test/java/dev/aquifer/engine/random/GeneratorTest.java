package dev.aquifer.engine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.engine.slt.DuckDb;
import dev.aquifer.engine.slt.SqlFailure;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The generators themselves: one seed gives one set of queries, DuckDB takes them, and enough of them give rows. */
class GeneratorTest {
    private static final int QUERIES = 200;
    private static final int QUERIES_OF_A_TABLE = 10;

    @Test
    void queriesAreTakenAndGiveRows() throws SQLException, SqlFailure {
        long seed = Long.getLong("aquifer.seed", System.nanoTime());
        System.out.println("random queries alone: -Daquifer.seed=" + seed);
        try (DuckDb duck = DuckDb.open()) {
            int withRows = 0;
            int refused = 0;
            Map<String, Samples> samples = Map.of();
            for (int i = 0; i < QUERIES; i++) {
                if (i % QUERIES_OF_A_TABLE == 0) {
                    // Some tables have a column of nulls or of one value, and most filters let nothing of them through.
                    duck.execute("CREATE OR REPLACE TABLE t1 AS "
                            + RandomTable.create(new Random(seed + i), "t1", 3000)
                                    .sql());
                    samples = Map.of("t1", Samples.of(duck, "t1"));
                }
                RandomQuery query = new Queries(new Random(seed + i), samples).next();
                assertEquals(query, new Queries(new Random(seed + i), samples).next());
                try {
                    withRows += duck.run(query.sql().duck()).rows().isEmpty() ? 0 : 1;
                } catch (SqlFailure e) {
                    refused++;
                    System.out.println(e.text() + "\n  " + query.sql().duck());
                }
            }
            assertTrue(refused <= QUERIES / 20, refused + " of " + QUERIES + " queries are refused by DuckDB");
            assertTrue(withRows > QUERIES / 8, "only " + withRows + " of " + QUERIES + " queries give rows");
        }
    }
}
