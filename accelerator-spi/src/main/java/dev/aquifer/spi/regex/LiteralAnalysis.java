package dev.aquifer.spi.regex;

import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What strings the texts of a syntax tree have. (The idea is that of R. Cox's "Regular Expression Matching with a Trigram Index",
 * with whole strings in the place of trigrams.)
 */
final class LiteralAnalysis {
    /** Sets grow by multiplication, and more strings than this are not worth a search. */
    private static final int MAX_STRINGS = 32;

    private static final int MAX_LENGTH = 64;
    private static final int MAX_CHARACTERS = 8;
    private static final int MAX_SETS = 8;
    private static final List<Bytes> NOTHING = List.of(Bytes.EMPTY);

    /**
     * About the texts that a node matches.
     *
     * @param exact whether every text is one of the prefixes; they are the suffixes too then
     * @param prefixes every text begins with one of these
     * @param suffixes every text ends with one of these
     * @param required as {@link Literals#required()}
     */
    record Facts(boolean exact, List<Bytes> prefixes, List<Bytes> suffixes, List<List<Bytes>> required) {
        static Facts exactly(List<Bytes> texts) {
            return new Facts(true, texts, texts, useful(texts) ? List.of(reduced(texts)) : List.of());
        }

        static final Facts UNKNOWN = new Facts(false, NOTHING, NOTHING, List.of());
    }

    private LiteralAnalysis() {}

    static Facts of(Node node) {
        return switch (node) {
            case Node.Chars chars -> chars(chars.set());
            case Node.Sequence sequence -> sequence(sequence.parts());
            case Node.Alternation alternation -> alternation(alternation.branches());
            case Node.Repeat repeat -> repeat(repeat);
            // It only makes the texts fewer.
            case Node.Assertion assertion -> Facts.exactly(NOTHING);
        };
    }

    private static Facts chars(CodePointSet set) {
        if (set.size() > MAX_CHARACTERS || set.size() == 0 || set.contains(CodePointSet.MALFORMED)) {
            return Facts.UNKNOWN;
        }
        List<Bytes> texts = new ArrayList<>();
        for (int run = 0; run < set.runs(); run++) {
            for (int codePoint = set.first(run); codePoint <= set.last(run); codePoint++) {
                texts.add(Bytes.utf8(Character.toString(codePoint)));
            }
        }
        return Facts.exactly(texts);
    }

    private static Facts sequence(List<Node> parts) {
        List<List<Bytes>> required = new ArrayList<>();
        List<Bytes> prefixes = null;
        List<Bytes> run = NOTHING;
        for (Node part : parts) {
            Facts facts = of(part);
            List<Bytes> longer = product(run, facts.prefixes());
            if (facts.exact() && longer != null) {
                run = longer;
                continue;
            }
            // The run ends here: with the beginning of the part, if that is not too much.
            List<Bytes> ended = longer == null ? run : longer;
            require(required, ended);
            required.addAll(facts.required());
            prefixes = prefixes == null ? ended : prefixes;
            run = facts.suffixes();
        }
        if (prefixes == null) {
            return Facts.exactly(run);
        }
        require(required, run);
        return new Facts(false, prefixes, run, best(required));
    }

    private static Facts alternation(List<Node> branches) {
        List<Facts> all = branches.stream().map(LiteralAnalysis::of).toList();
        List<Bytes> prefixes = union(all.stream().map(Facts::prefixes).toList());
        List<Bytes> suffixes = union(all.stream().map(Facts::suffixes).toList());
        if (prefixes != null && all.stream().allMatch(Facts::exact)) {
            return Facts.exactly(prefixes);
        }
        List<List<Bytes>> required = new ArrayList<>();
        if (all.stream().noneMatch(facts -> facts.required().isEmpty())) {
            List<Bytes> strings =
                    union(all.stream().map(facts -> facts.required().getFirst()).toList());
            if (strings != null) {
                require(required, strings);
            }
        }
        return new Facts(
                false, prefixes == null ? NOTHING : prefixes, suffixes == null ? NOTHING : suffixes, best(required));
    }

    private static Facts repeat(Node.Repeat repeat) {
        if (repeat.max() == 0) {
            return Facts.exactly(NOTHING);
        }
        Facts body = of(repeat.body());
        if (repeat.min() == 0) {
            List<Bytes> optional = union(List.of(NOTHING, body.prefixes()));
            return repeat.max() == 1 && body.exact() && optional != null ? Facts.exactly(optional) : Facts.UNKNOWN;
        }
        if (!body.exact()) {
            return body;
        }
        List<Bytes> run = body.prefixes();
        int times = 1;
        while (times < repeat.min()) {
            List<Bytes> longer = product(run, body.prefixes());
            if (longer == null) {
                break;
            }
            run = longer;
            times++;
        }
        Facts once = Facts.exactly(run);
        return times == repeat.max() ? once : new Facts(false, run, run, once.required());
    }

    /** Every string of the left with every string of the right behind, or null where that is too much. */
    private static @Nullable List<Bytes> product(List<Bytes> left, List<Bytes> right) {
        if (left.size() * right.size() > MAX_STRINGS) {
            return null;
        }
        TreeSet<Bytes> product = new TreeSet<>();
        for (Bytes first : left) {
            for (Bytes second : right) {
                byte[] both = new byte[first.length() + second.length()];
                System.arraycopy(first.array(), 0, both, 0, first.length());
                System.arraycopy(second.array(), 0, both, first.length(), second.length());
                if (both.length > MAX_LENGTH) {
                    return null;
                }
                product.add(Bytes.of(both));
            }
        }
        return List.copyOf(product);
    }

    private static @Nullable List<Bytes> union(List<List<Bytes>> sets) {
        TreeSet<Bytes> union = new TreeSet<>();
        sets.forEach(union::addAll);
        return union.size() > MAX_STRINGS ? null : List.copyOf(union);
    }

    private static boolean useful(List<Bytes> strings) {
        return strings.stream().noneMatch(string -> string.length() == 0);
    }

    private static void require(List<List<Bytes>> required, List<Bytes> strings) {
        if (useful(strings)) {
            required.add(reduced(strings));
        }
    }

    /** Without strings that contain another: what contains them contains that one. */
    private static List<Bytes> reduced(List<Bytes> strings) {
        return strings.stream()
                .filter(string -> strings.stream().noneMatch(other -> !other.equals(string) && contains(string, other)))
                .toList();
    }

    private static boolean contains(Bytes text, Bytes needle) {
        for (int at = 0; at <= text.length() - needle.length(); at++) {
            int matched = 0;
            while (matched < needle.length() && text.at(at + matched) == needle.at(matched)) {
                matched++;
            }
            if (matched == needle.length()) {
                return true;
            }
        }
        return false;
    }

    private static List<List<Bytes>> best(List<List<Bytes>> required) {
        return required.stream()
                .distinct()
                .sorted(Comparator.comparingInt(LiteralAnalysis::worth).reversed())
                .limit(MAX_SETS)
                .toList();
    }

    /** Each byte of the shortest string makes candidates fewer; each string is searched for apart. */
    private static int worth(List<Bytes> strings) {
        int least = strings.stream().mapToInt(Bytes::length).min().orElse(0);
        return 4 * Math.min(least, 8) - strings.size();
    }
}
