package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.main.Cli.Outcome;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aquifer node} and {@code aquifer sql --connect}, over a real port. */
final class NodeCommandTest {
    @TempDir
    private static Path home;

    @Test
    void servesUntilItIsTold() throws InterruptedException {
        TpchLake.cached(home.resolve(".cache/aquifer"), new BigDecimal("0.01"), TpchProgress.none());
        try (Serving node = Serving.start(
                home, "node", "--port", "0", "--data-dir", home.resolve("ssd").toString())) {
            Outcome answer = new Cli(home)
                    .run(
                            "sql",
                            "--tpch",
                            "0.01",
                            "--connect",
                            node.address(),
                            "--pushdown",
                            "on",
                            "--stats",
                            "--format",
                            "csv",
                            "-e",
                            "select count(*) as n from orders where o_comment like '%special%requests%'");
            assertEquals("n\n166\n", answer.out(), answer.err());
            assertTrue(answer.err().contains("pushed, cpu"), answer.err());
            node.stop();
            assertEquals(0, node.code());
            assertTrue(node.err().startsWith("note: no --tenants"), node.err());
        }
        assertTrue(Files.isDirectory(home.resolve("ssd")), "the blocks stay for the next start");
    }

    @Test
    void asksForATokenWhereThereAreTenants() throws IOException, InterruptedException {
        TpchLake.cached(home.resolve(".cache/aquifer"), new BigDecimal("0.01"), TpchProgress.none());
        Path tenants = Files.writeString(home.resolve("tenants.txt"), "s3cr3t lab fragments=4\n");
        try (Serving node = Serving.start(home, "node", "--port", "0", "--no-ssd", "--tenants", tenants.toString())) {
            String[] query = {
                "sql",
                "--tpch",
                "0.01",
                "--connect",
                node.address(),
                "--pushdown",
                "on",
                "--format",
                "csv",
                "-e",
                "select count(*) as n from orders where o_comment like '%special%requests%'",
                "--token",
                "s3cr3t"
            };
            Outcome known = new Cli(home).run(query);
            assertEquals("n\n166\n", known.out(), known.err());
            query[query.length - 1] = "guessed";
            Outcome unknown = new Cli(home).run(query);
            assertEquals(1, unknown.code());
            assertTrue(unknown.err().startsWith("error: USER-1014 UNAUTHENTICATED: "), unknown.err());
            assertFalse(unknown.err().contains("guessed"), "a token is not repeated: " + unknown.err());
            assertEquals("", node.err());
        }
    }

    @Test
    void whatTheOwnerDoesNotAllowIsRefusedAndNotPulledInstead() throws IOException, InterruptedException {
        TpchLake.cached(home.resolve(".cache/aquifer"), new BigDecimal("0.01"), TpchProgress.none());
        Path allowed = Files.createDirectories(home.resolve("allowed"));
        try (Serving node = Serving.start(home, "node", "--port", "0", "--no-ssd", "--allow", allowed.toString())) {
            String query = "select count(*) as n from orders where o_comment like '%special%requests%'";
            for (String pushdown : new String[] {"auto", "on"}) {
                for (String statement : new String[] {query, "explain " + query}) {
                    Outcome refused = ask(node, pushdown, statement);
                    assertEquals(1, refused.code(), refused.out());
                    assertEquals("", refused.out());
                    assertTrue(
                            refused.err().startsWith("error: USER-1015 PERMISSION_DENIED: tenant default may not read"),
                            refused.err());
                    assertTrue(refused.err().contains("--allow"), refused.err());
                }
            }
            // Reading the files itself is what the engine's owner has to ask for.
            Outcome pulled = ask(node, "off", query);
            assertEquals("n\n166\n", pulled.out(), pulled.err());
        }
        Path all = home.resolve(".cache/aquifer");
        try (Serving node = Serving.start(home, "node", "--port", "0", "--no-ssd", "--allow", all.toString())) {
            Outcome answer = ask(node, "on", "select count(*) as n from orders");
            assertEquals("n\n15000\n", answer.out(), answer.err());
        }
    }

    private static Outcome ask(Serving node, String pushdown, String statement) {
        return new Cli(home)
                .run(
                        "sql",
                        "--tpch",
                        "0.01",
                        "--connect",
                        node.address(),
                        "--pushdown",
                        pushdown,
                        "--format",
                        "csv",
                        "-e",
                        statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port x",
                "--port 70000",
                "--ssd much",
                "--ssd 1",
                "--memory 0",
                "--threads 0",
                "--drain -1",
                "--allow data",
                "--allow s3:///data",
                "--allow s3://lake/*",
                "--no-ssd --ssd 1g",
                "--no-ssd --data-dir x",
                "stray"
            })
    void wrongUsageHasExitCode2(String arguments) {
        new Cli(home).refuses("node", arguments);
    }

    @Test
    void saysThatThePortIsTaken() throws InterruptedException {
        try (Serving node = Serving.start(home, "node", "--port", "0", "--no-ssd")) {
            String port = node.address().substring(node.address().lastIndexOf(':') + 1);
            for (String command : List.of("node --no-ssd", "engine --pushdown off")) {
                Outcome second = new Cli(home).run((command + " --port " + port).split(" "));
                assertEquals(2, second.code(), second.err());
                assertTrue(second.err().contains("cannot listen on 127.0.0.1:" + port), second.err());
                assertTrue(second.err().contains("in use"), second.err());
            }
        }
        Outcome nowhere = new Cli(home).run("node", "--port", "0", "--no-ssd", "--bind", "nosuch.invalid");
        assertTrue(nowhere.err().contains("there is no such host"), nowhere.err());
    }

    @Test
    void namesAMissingTenantsFileAndAMissingDevice() {
        Outcome tenants = new Cli(home).run("node", "--port", "0", "--no-ssd", "--tenants", "/no/such/tenants.txt");
        assertTrue(tenants.code() != 0, tenants.err());
        assertTrue(tenants.err().contains("/no/such/tenants.txt"), tenants.err());
        Outcome device = new Cli(home).run("node", "--port", "0", "--no-ssd", "--device", "abacus");
        assertEquals(1, device.code());
        assertTrue(device.err().startsWith("error: DEVICE-4000 DEVICE_NOT_FOUND: "), device.err());
    }
}
