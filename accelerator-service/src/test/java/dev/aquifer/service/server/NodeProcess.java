package dev.aquifer.service.server;

import dev.aquifer.service.main.NodeMain;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a JVM of its own, which can be killed. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private NodeProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The other JVM's program. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws InterruptedException {
            NodeMain.run(
                    NodeConfig.defaults()
                            .withSsd(Path.of(args[0]), 256 << 20)
                            .withMemory(16 << 20, 64 << 20)
                            .withThreads(2, 4),
                    System.out);
        }
    }

    static NodeProcess start(Path dataDir) throws IOException {
        return start(List.of(), dataDir);
    }

    /**
     * @param bytes the longest that a file of the process can get; a write beyond fails, after the part that fits
     */
    static NodeProcess startWithFilesUpTo(int bytes, Path dataDir) throws IOException {
        // In blocks of 512 bytes, says POSIX.
        String limited = "ulimit -f " + bytes / 512 + " && exec \"$@\"";
        return start(List.of("sh", "-c", limited, "sh"), dataDir);
    }

    private static NodeProcess start(List<String> before, Path dataDir) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-modules=jdk.incubator.vector",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                classPath(),
                Main.class.getName(),
                dataDir.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("aquifer node listening on ")) {
                return new NodeProcess(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            }
        }
        throw new IllegalStateException("the node ended with " + process.exitValue());
    }

    /** Surefire hides the tests' class path in a jar, and says it here. */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        return tests == null ? System.getProperty("java.class.path") : tests;
    }

    TestClient client() {
        return new TestClient(
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .maxInboundMessageSize(80 << 20)
                        .build(),
                null);
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** kill -15. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the node does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
