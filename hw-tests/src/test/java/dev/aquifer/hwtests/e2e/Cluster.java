package dev.aquifer.hwtests.e2e;

import dev.aquifer.demo.s3.EmbeddedS3;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.demo.tpch.TpchUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in this JVM, and node and engine processes over it, all on loopback. */
final class Cluster implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private final Path folder;
    private final EmbeddedS3 s3;
    private final List<JavaProcess> processes = new ArrayList<>();

    Cluster(Path folder) throws IOException {
        this.folder = folder;
        this.s3 = EmbeddedS3.start(Files.createDirectories(folder.resolve("s3")));
    }

    EmbeddedS3 s3() {
        return s3;
    }

    /** Puts TPC-H into a bucket; gives the location of each table. */
    Map<String, String> upload(TpchLake lake) {
        try (S3Client client = s3.newClient()) {
            return TpchUpload.put(lake, client, "lake", "tpch", TpchProgress.none());
        }
    }

    /** What a process needs to reach the S3 server, by the AWS SDK's own variables and Aquifer's flags. */
    private Map<String, String> credentials() {
        return Map.of("AWS_ACCESS_KEY_ID", s3.accessKey(), "AWS_SECRET_ACCESS_KEY", s3.secretKey());
    }

    private List<String> s3Flags() {
        return List.of("--s3-endpoint", s3.endpoint(), "--s3-region", EmbeddedS3.REGION, "--s3-path-style");
    }

    /** Starts a node on a folder of its own; gives host and port. */
    String startNode(String name) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("node", "--port", "0"));
        arguments.addAll(List.of("--data-dir", folder.resolve(name).toString()));
        arguments.addAll(s3Flags());
        return start(name, arguments);
    }

    /** Starts an engine over nodes and tables; gives host and port. */
    String startEngine(List<String> nodes, Map<String, String> tables) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("engine", "--port", "0"));
        nodes.forEach(node -> arguments.addAll(List.of("--node", node)));
        tables.forEach((name, location) -> arguments.addAll(List.of("--table", name + "=" + location)));
        arguments.addAll(s3Flags());
        return start("engine", arguments);
    }

    private String start(String name, List<String> arguments) throws IOException, InterruptedException {
        JavaProcess process = JavaProcess.aquifer(name, credentials(), folder, arguments);
        processes.add(process);
        return "127.0.0.1:" + process.await(READY);
    }

    JavaProcess process(int index) {
        return processes.get(index);
    }

    @Override
    public void close() {
        for (JavaProcess process : processes.reversed()) {
            process.close();
        }
        s3.close();
    }
}
