package dev.aquifer.cli.output;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write and read them, in powers of 1,024. */
public final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(?:([kmgt])(?:i?b)?|b)?");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private ByteSize() {}

    /**
     * The bytes of a text such as {@code 512m}, {@code 2g} or {@code 4096}.
     *
     * @throws AquiferException USAGE where it is none
     */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            String unit = matcher.group(2);
            int shift = unit == null ? 0 : 10 * (1 + "kmgt".indexOf(unit));
            long number = Long.parseLong(matcher.group(1));
            long bytes = number << shift;
            if (bytes >> shift == number) {
                return bytes;
            }
        }
        throw new AquiferException(ErrorCode.USAGE, "\"" + text + "\" is not a size such as 512m or 2g");
    }

    /** Such as {@code 917 B}, {@code 1.5 MiB}: three digits that matter. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        String format = Math.abs(value) >= 99.95 ? "%.0f %s" : Math.abs(value) >= 9.995 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
