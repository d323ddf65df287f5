package dev.aquifer.demo.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The 22 queries of TPC-H 3.0.1, chapter 2.4, with the parameters that its validation section gives. Where the specification
 * wants the first rows only, there is a LIMIT; query 15 has a WITH instead of a view; {@code value}, a reserved word, is
 * quoted in query 11.
 */
public final class TpchQueries {
    public static final int COUNT = 22;

    /** Query 11 looks for parts that hold this share of the stock, divided by the scale. */
    private static final BigDecimal SHARE_AT_ONE = new BigDecimal("0.0001");

    private TpchQueries() {}

    /** The text of a query, for scale 1. */
    public static String sql(int number) {
        return sql(number, BigDecimal.ONE);
    }

    /**
     * The text of a query, without a semicolon.
     *
     * @param number 1 to 22
     * @param scale the scale of the tables: query 11 depends on it
     */
    public static String sql(int number, BigDecimal scale) {
        if (number < 1 || number > COUNT) {
            throw new IllegalArgumentException("TPC-H has queries 1 to 22, not " + number);
        }
        String sql = read(String.format(Locale.ROOT, "q%02d.sql", number)).strip();
        if (number != 11) {
            return sql;
        }
        String share = SHARE_AT_ONE
                .divide(scale, MathContext.DECIMAL64)
                .stripTrailingZeros()
                .toPlainString();
        return sql.replace(SHARE_AT_ONE.toPlainString(), share);
    }

    private static String read(String name) {
        try (InputStream in = TpchQueries.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
