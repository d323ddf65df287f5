package dev.aquifer.cli.main;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "aquifer " + (version == null ? "(built from source)" : version), "JDK " + Runtime.version()
        };
    }
}
