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

    @Test
    void queriesAreTakenAndGiveRows() throws SQLException, SqlFailure {
        long seed = Long.getLong("aquifer.seed", System.nanoTime());
        System.out.println("random queries alone: -Daquifer.seed=" + seed);
        try (DuckDb duck = DuckDb.open()) {
            duck.execute("CREATE TABLE t1 AS "
                    + RandomTable.create(new Random(seed), "t1", 3000).sql());
            Map<String, Samples> samples = Map.of("t1", Samples.of(duck, "t1"));
            int withRows = 0;
            int refused = 0;
            for (int i = 0; i < QUERIES; i++) {
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
            assertTrue(withRows > QUERIES / 4, "only " + withRows + " of " + QUERIES + " queries give rows");
        }
    }
}
