package dev.aquifer.engine.server;

import dev.aquifer.protocol.auth.BearerToken;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one served lake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedLakeTests {
    private final Set<BearerToken> tokens;
    private @Nullable ServedLake lake;

    /** @param tokens that the server lets in; none for everybody */
    ServedLakeTests(String... tokens) {
        this.tokens = Set.of(tokens).stream().map(BearerToken::new).collect(Collectors.toSet());
    }

    @BeforeAll
    void start(@TempDir Path folder) throws SQLException, IOException {
        lake = ServedLake.start(folder, tokens);
    }

    @AfterAll
    void close() {
        lake().close();
    }

    ServedLake lake() {
        if (lake == null) {
            throw new IllegalStateException("no lake");
        }
        return lake;
    }
}
