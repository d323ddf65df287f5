package dev.aquifer.cli.config;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code --table NAME=PATH_OR_URI} says. */
public final class TableOption {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private TableOption() {}

    /**
     * Adds the tables that the texts name to a map.
     *
     * @throws AquiferException USAGE where a text has no name or no location, or a name is taken
     */
    public static Map<String, String> add(List<String> texts, Map<String, String> tables) {
        Map<String, String> all = new LinkedHashMap<>(tables);
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals).strip();
            String location = text.substring(equals + 1).strip();
            if (name.isEmpty() || location.isEmpty()) {
                throw new AquiferException(
                        ErrorCode.USAGE,
                        "--table \"" + text + "\" is not of the form NAME=PATH_OR_URI, such as"
                                + " flights=flights.parquet or events=s3://bucket/events/");
            }
            if (!NAME.matcher(name).matches()) {
                throw new AquiferException(
                        ErrorCode.USAGE,
                        "--table \"" + text + "\": \"" + name + "\" is not a name of letters, digits and _");
            }
            if (all.put(name, location) != null) {
                throw new AquiferException(
                        ErrorCode.USAGE, "--table \"" + text + "\": there is a table " + name + " already");
            }
        }
        return all;
    }
}
