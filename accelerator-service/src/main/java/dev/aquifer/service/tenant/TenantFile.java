package dev.aquifer.service.tenant;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tenants file: one token a line. A {@code #} at the start of a word starts a comment.
 *
 * <pre>
 *   # TOKEN          TENANT     [weight=N] [fragments=N] [memory=SIZE] [cache=N%] [allow=LOCATION]...
 *   s3cr3t-of-ads    ads        weight=4 fragments=16 memory=2g cache=60% allow=s3://lake/ads allow=/mnt/ads
 *   s3cr3t-of-lab    lab        fragments=2 memory=256m cache=20%
 *   second-of-lab    lab
 * </pre>
 *
 * <p>A tenant's settings stand on its first line; further tokens of the same tenant give the name alone. What is left out
 * is weight 1, no cap, the whole cache, and every location that the node allows ({@link Locations}). Sizes take {@code k}, {@code m}, {@code g} or {@code t}, powers of 1,024.
 */
final class TenantFile {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgt]?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Not within a word: a location cut short there would allow another one. */
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    private static final String FORM =
            "TOKEN TENANT [weight=N] [fragments=N] [memory=SIZE] [cache=N%] [allow=LOCATION]...";

    private TenantFile() {}

    /** @throws AquiferException USAGE, with the line's number */
    static Map<Token, Tenant> parse(List<String> lines, String name) {
        Map<Token, Tenant> byToken = new HashMap<>();
        Map<String, Tenant> byName = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String text =
                    COMMENT.matcher(lines.get(number - 1)).replaceFirst("").strip();
            if (!text.isEmpty()) {
                parseLine(text.split("\\s+", -1), name + ":" + number, byToken, byName);
            }
        }
        if (byToken.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.USAGE,
                    name + " names no tenant: nobody could use the node. Leave the file out for no tokens");
        }
        return Map.copyOf(byToken);
    }

    private static void parseLine(
            String[] words, String where, Map<Token, Tenant> byToken, Map<String, Tenant> byName) {
        if (words.length < 2) {
            throw bad(where, "a line is " + FORM);
        }
        String name = words[1];
        if (!NAME.matcher(name).matches()) {
            throw bad(where, "tenant '" + name + "' is not a name of 1 to 64 letters, digits, '_', '.' or '-'");
        }
        Tenant tenant = byName.get(name);
        if (tenant == null) {
            tenant = settings(words, where);
            byName.put(name, tenant);
        } else if (words.length > 2) {
            throw bad(where, "tenant '" + name + "' has its settings on an earlier line already");
        }
        if (byToken.put(Token.of(words[0]), tenant) != null) {
            throw bad(where, "the token of this line stands on an earlier line already");
        }
    }

    private static Tenant settings(String[] words, String where) {
        Tenant none = Tenant.DEFAULT;
        int weight = none.weight();
        int fragments = none.maxFragments();
        long memory = none.maxMemoryBytes();
        int cache = none.cachePercent();
        List<String> locations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String key = equals < 0 ? words[i] : words[i].substring(0, equals);
            String value = equals < 0 ? "" : words[i].substring(equals + 1);
            if (!seen.add(key) && !key.equals("allow")) {
                throw bad(where, "'" + key + "' stands twice");
            }
            switch (key) {
                case "weight" -> weight = number(value, Tenant.MAX_WEIGHT, where, key);
                case "fragments" -> fragments = number(value, Integer.MAX_VALUE, where, key);
                case "memory" -> memory = size(value, where);
                case "cache" -> {
                    if (!value.endsWith("%")) {
                        throw bad(where, "cache=" + value + " is not a percentage such as 50%");
                    }
                    cache = number(value.substring(0, value.length() - 1), 100, where, key);
                }
                case "allow" -> locations.add(value);
                default -> throw bad(where, "'" + key + "' is none of weight, fragments, memory, cache, allow");
            }
        }
        return new Tenant(words[1], weight, fragments, memory, cache, locations(locations, where));
    }

    private static Locations locations(List<String> texts, String where) {
        if (texts.isEmpty()) {
            return Locations.EVERYWHERE;
        }
        try {
            return Locations.of(texts);
        } catch (AquiferException e) {
            throw new AquiferException(ErrorCode.USAGE, where + ": " + e.getMessage(), e);
        }
    }

    private static int number(String text, int max, String where, String key) {
        long value = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
        if (value < 1 || value > max) {
            throw bad(where, key + " '" + text + "' is not a number from 1 to " + max);
        }
        return (int) value;
    }

    private static long size(String text, String where) {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            int shift = 10 * (1 + "kmgt".indexOf(matcher.group(2)));
            long number = Long.parseLong(matcher.group(1));
            long bytes = matcher.group(2).isEmpty() ? number : number << shift;
            if (bytes > 0 && (matcher.group(2).isEmpty() || bytes >> shift == number)) {
                return bytes;
            }
        }
        throw bad(where, "memory '" + text + "' is not a size such as 512m or 2g");
    }

    private static AquiferException bad(String where, String what) {
        return new AquiferException(ErrorCode.USAGE, where + ": " + what);
    }
}
