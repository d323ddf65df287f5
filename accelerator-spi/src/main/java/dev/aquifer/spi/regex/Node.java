package dev.aquifer.spi.regex;

import java.util.List;

/** The syntax tree of a pattern, over code points. What a tree matches is a set of texts: no order among ways to match. */
public sealed interface Node {
    /** Matches nothing but the empty text. */
    Node EMPTY = new Sequence(List.of());

    /** Any number of any characters. */
    Node ANYTHING = new Repeat(new Chars(CodePointSet.ANY), 0, Repeat.UNBOUNDED);

    /** One character out of a set; none out of an empty one. */
    record Chars(CodePointSet set) implements Node {}

    /** One part after the other. */
    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One branch of at least two. */
    record Alternation(List<Node> branches) implements Node {
        public Alternation {
            branches = List.copyOf(branches);
        }
    }

    /** The body, {@code min} to {@code max} times; {@code max} may be {@link #UNBOUNDED}. */
    record Repeat(Node body, int min, int max) implements Node {
        public static final int UNBOUNDED = -1;
    }

    /** The empty text, where a condition on what is around it holds. */
    record Assertion(Kind kind) implements Node {
        /** Words are of ASCII letters, digits and the underscore; lines end with a line feed. */
        public enum Kind {
            TEXT_START(1),
            TEXT_END(2),
            LINE_START(4),
            LINE_END(8),
            WORD_BORDER(16),
            NO_WORD_BORDER(32);

            private final int bit;

            Kind(int bit) {
                this.bit = bit;
            }

            int bit() {
                return bit;
            }

            /**
             * The kinds that hold between two characters, as a set of bits.
             *
             * @param before a code point, or -1 at the start of the text
             * @param after a code point, or -1 at its end
             */
            public static int holding(int before, int after) {
                int holding = before < 0 ? TEXT_START.bit : 0;
                holding |= after < 0 ? TEXT_END.bit : 0;
                holding |= before < 0 || before == '\n' ? LINE_START.bit : 0;
                holding |= after < 0 || after == '\n' ? LINE_END.bit : 0;
                return holding | (isWord(before) != isWord(after) ? WORD_BORDER.bit : NO_WORD_BORDER.bit);
            }

            private static boolean isWord(int character) {
                return CodePointSet.WORD.contains(character);
            }

            /** Whether this kind is in a set of {@link #holding}. */
            public boolean in(int holding) {
                return (holding & bit) != 0;
            }
        }
    }
}
