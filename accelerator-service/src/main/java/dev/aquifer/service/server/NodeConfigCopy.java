package dev.aquifer.service.server;

import dev.aquifer.lake.object.LakeConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link NodeConfig} on their way to another one. */
final class NodeConfigCopy {
    private String bindAddress;
    private int port;
    private @Nullable String inProcessName;
    private @Nullable Path dataDir;
    private long ssdBytes;
    private long memoryBytes;
    private long workMemoryBytes;
    private int threads;
    private int ioThreads;
    private int maxFragments;
    private LakeConfig lake;
    private @Nullable Path tenantsFile;
    private String device;
    private int metricsPort;
    private Duration drain;

    NodeConfigCopy(NodeConfig from) {
        bindAddress = from.bindAddress();
        port = from.port();
        inProcessName = from.inProcessName();
        dataDir = from.dataDir();
        ssdBytes = from.ssdBytes();
        memoryBytes = from.memoryBytes();
        workMemoryBytes = from.workMemoryBytes();
        threads = from.threads();
        ioThreads = from.ioThreads();
        maxFragments = from.maxFragments();
        lake = from.lake();
        tenantsFile = from.tenantsFile();
        device = from.device();
        metricsPort = from.metricsPort();
        drain = from.drain();
    }

    NodeConfigCopy address(String newBindAddress, int newPort) {
        bindAddress = newBindAddress;
        port = newPort;
        inProcessName = null;
        return this;
    }

    NodeConfigCopy inProcess(String name) {
        inProcessName = name;
        return this;
    }

    NodeConfigCopy ssd(Path folder, long bytes) {
        dataDir = folder;
        ssdBytes = bytes;
        return this;
    }

    NodeConfigCopy memory(long cacheBytes, long workBytes) {
        memoryBytes = cacheBytes;
        workMemoryBytes = workBytes;
        return this;
    }

    NodeConfigCopy threads(int workers, int readers) {
        threads = workers;
        ioThreads = readers;
        return this;
    }

    NodeConfigCopy maxFragments(int most) {
        maxFragments = most;
        return this;
    }

    NodeConfigCopy lake(LakeConfig newLake) {
        lake = newLake;
        return this;
    }

    NodeConfigCopy tenants(Path file) {
        tenantsFile = file;
        return this;
    }

    NodeConfigCopy device(String name) {
        device = name;
        return this;
    }

    NodeConfigCopy metricsPort(int newPort) {
        metricsPort = newPort;
        return this;
    }

    NodeConfigCopy drain(Duration time) {
        drain = time;
        return this;
    }

    NodeConfig build() {
        return new NodeConfig(
                bindAddress,
                port,
                inProcessName,
                dataDir,
                ssdBytes,
                memoryBytes,
                workMemoryBytes,
                threads,
                ioThreads,
                maxFragments,
                lake,
                tenantsFile,
                device,
                metricsPort,
                drain);
    }
}
