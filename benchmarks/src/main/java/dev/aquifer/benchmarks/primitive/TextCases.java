package dev.aquifer.benchmarks.primitive;

import static dev.aquifer.benchmarks.primitive.CompareCases.SHARE;
import static dev.aquifer.benchmarks.primitive.CompareCases.SHARES;
import static dev.aquifer.benchmarks.primitive.Shapes.WORDS;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Searches in texts, and functions of texts; texts have some 40 bytes. */
final class TextCases {
    private static final String WORD = "special";
    private static final int PLAIN_BITS = 40;
    private static final int DICTIONARY_BITS = 8;

    private final List<PrimitiveCase> cases = new ArrayList<>();

    private TextCases() {}

    static List<PrimitiveCase> cases() {
        TextCases all = new TextCases();
        all.ofBoth("like_prefix", Function.LIKE, "special%", WORD, WORDS, WORDS);
        all.ofBoth("like_suffix", Function.LIKE, "%special", WORDS, WORDS, WORD);
        for (double share : SHARES) {
            all.search("like_contains", Function.LIKE, "%special%", Encoding.PLAIN, share, WORDS, WORD, WORDS);
        }
        all.search("like_contains", Function.LIKE, "%special%", Encoding.DICTIONARY, SHARE, WORDS, WORD, WORDS);
        all.ofBoth("like_two", Function.LIKE, "%special%requests%", WORDS, WORD, WORDS, "requests", WORDS);
        all.ofBoth("ilike", Function.ILIKE, "%SPECIAL%", WORDS, "Special", WORDS);
        String either = "%(special|unusual)%(requests|packages)%";
        all.ofBoth("similar_to", Function.SIMILAR_TO, either, WORDS, WORD, WORDS, "packages", WORDS);
        String expression = "spec[a-z]+ [a-z]+ly";
        all.ofBoth("regexp_like", Function.REGEXP_LIKE, expression, WORDS, WORD, "quickly", WORDS);
        Shape text = Shapes.texts(Encoding.PLAIN, Codes.bits(PLAIN_BITS));
        all.function("char_length", Expr.call(Function.CHAR_LENGTH, text.column(0)), text);
        all.function("upper", Expr.call(Function.UPPER, text.column(0)), text);
        Expr part = Expr.call(
                Function.SUBSTRING,
                text.column(0),
                new Expr.Literal(DataType.INT64, 3L),
                new Expr.Literal(DataType.INT64, 8L));
        all.function("substring", part, text);
        return all.cases;
    }

    private void ofBoth(String primitive, Function function, String pattern, String... kept) {
        search(primitive, function, pattern, Encoding.PLAIN, SHARE, kept);
        search(primitive, function, pattern, Encoding.DICTIONARY, SHARE, kept);
    }

    private void search(
            String primitive, Function function, String pattern, Encoding encoding, double share, String... kept) {
        int bits = encoding == Encoding.PLAIN ? PLAIN_BITS : DICTIONARY_BITS;
        Shape shape = Shapes.texts(encoding, Codes.quarter(bits, share), kept);
        Expr literal = new Expr.Literal(DataType.VARCHAR, Bytes.utf8(pattern));
        cases.add(PrimitiveCase.filter(primitive, share, Expr.call(function, shape.column(0), literal), shape));
    }

    private void function(String primitive, Expr expr, Shape shape) {
        cases.add(PrimitiveCase.expression(primitive, expr, shape));
    }
}
