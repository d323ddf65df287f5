package dev.aquifer.cli.output;

import java.util.HexFormat;

/** Text that is safe to show: data must not move the cursor, nor break a line of a table. */
public final class Escapes {
    private Escapes() {}

    /** The text with control characters, line ends, and those that turn the direction of writing, spelled out. */
    public static String visible(String text) {
        int first = 0;
        while (first < text.length() && !isControl(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 8).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isControl(c)) {
                        shown.append(unicode(c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.toString();
    }

    /** As {@link #visible}, but lines stay lines: for messages. */
    public static String visibleLines(String text) {
        return String.join("\n", text.lines().map(Escapes::visible).toList());
    }

    /** The text as a JSON string, with its quotes. */
    public static String json(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        json.append(unicode(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x061c
                || c == 0x200e
                || c == 0x200f;
    }

    static String unicode(char c) {
        return "\\u" + HexFormat.of().toHexDigits(c);
    }
}
