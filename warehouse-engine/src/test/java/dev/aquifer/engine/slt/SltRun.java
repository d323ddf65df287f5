package dev.aquifer.engine.slt;

import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One test file on one target: runs every record, and says of each that is not as expected what came instead. */
final class SltRun {
    private final SltScript script;
    private final SqlTarget target;
    private final boolean duck;
    private final List<String> findings = new ArrayList<>();
    private int ran;

    private SltRun(SltScript script, SqlTarget target) {
        this.script = script;
        this.target = target;
        this.duck = target.labels().contains("duckdb");
    }

    /** What a file gave: how many records ran, and what was wrong, one text each. */
    record Report(int ran, List<String> findings) {}

    static Report run(SltScript script, SqlTarget target) {
        SltRun run = new SltRun(script, target);
        for (SltRecord record : script.records()) {
            SltRecord.Source source = record.source();
            if (source.condition().admits(target.labels())) {
                run.check(record);
            }
        }
        return new Report(run.ran, List.copyOf(run.findings));
    }

    private void check(SltRecord record) {
        SltRecord.Source source = record.source();
        String sql = duck ? source.duckSql() : source.sql();
        ran++;
        try {
            @Nullable
            String finding = switch (record) {
                case SltRecord.Works works -> works(sql);
                case SltRecord.Fails fails -> fails(fails, sql);
                case SltRecord.Gives gives -> rows(gives, target.run(sql));
                case SltRecord.Describes describes -> describes(describes, sql);
                case SltRecord.Explains explains -> explains(explains, sql);
            };
            if (finding != null) {
                add(source, sql, finding);
            }
        } catch (SqlFailure e) {
            add(source, sql, "failed: " + e.code() + ": " + e.text());
        } catch (RuntimeException | AssertionError e) {
            // A failure without a code is itself the finding; the other records still tell something.
            add(source, sql, "failed without a code: " + e);
        }
    }

    private void add(SltRecord.Source source, String sql, String finding) {
        findings.add(script.name() + ":" + source.line() + "\n" + sql.indent(2) + finding.indent(2));
    }

    private @Nullable String works(String sql) throws SqlFailure {
        target.run(sql);
        return null;
    }

    private @Nullable String fails(SltRecord.Fails record, String sql) {
        Answer answer;
        try {
            answer = target.run(sql);
        } catch (SqlFailure e) {
            if (duck) {
                return null;
            }
            if (!e.code().equals(record.code())) {
                return "expected the error " + record.code() + ", got " + e.code() + ": " + e.text();
            }
            for (String pattern : record.patterns()) {
                if (!Pattern.compile(pattern).matcher(e.text()).find()) {
                    return "expected a message with " + pattern + ", got: " + e.text();
                }
            }
            return null;
        }
        return "expected the error " + record.code() + ", got rows:\n" + String.join("\n", AnswerText.lines(answer));
    }

    private @Nullable String rows(SltRecord.Gives record, Answer answer) {
        List<String> expected = record.rows();
        List<String> actual = AnswerText.lines(answer);
        switch (record.order()) {
            case NOSORT -> {}
            case ROWSORT -> {
                expected = expected.stream().sorted().toList();
                actual = actual.stream().sorted().toList();
            }
            case VALUESORT -> {
                expected = expected.stream().sorted().toList();
                actual = answer.rows().stream()
                        .flatMap(row -> AnswerText.values(answer, row).stream())
                        .sorted()
                        .toList();
            }
        }
        if (!expected.equals(actual)) {
            return "expected:\n" + String.join("\n", expected) + "\ngot:\n" + String.join("\n", actual);
        }
        String letters = letters(answer.columns());
        return sameLetters(record.types(), letters) ? null : "expected types " + record.types() + ", got " + letters;
    }

    private static String letters(List<Field> columns) {
        StringBuilder letters = new StringBuilder();
        for (Field column : columns) {
            letters.append(AnswerText.letter(column.type()));
        }
        return letters.toString();
    }

    /** DuckDB's HUGEINT is a DECIMAL(38,0) to us, and its SUM of integers a HUGEINT. */
    private boolean sameLetters(String expected, String actual) {
        return duck ? expected.replace('N', 'I').equals(actual.replace('N', 'I')) : expected.equals(actual);
    }

    private @Nullable String describes(SltRecord.Describes record, String sql) throws SqlFailure {
        List<String> actual = target.describe(sql).stream().map(Field::toString).toList();
        return actual.equals(record.columns())
                ? null
                : "expected columns:\n" + String.join("\n", record.columns()) + "\ngot:\n" + String.join("\n", actual);
    }

    private @Nullable String explains(SltRecord.Explains record, String sql) throws SqlFailure {
        if (duck) {
            return null;
        }
        List<String> plan = new ArrayList<>();
        Answer answer = target.run("EXPLAIN " + sql);
        for (List<@Nullable Object> row : answer.rows()) {
            plan.addAll(String.valueOf(row.getFirst()).lines().toList());
        }
        int line = 0;
        for (String pattern : record.found()) {
            Pattern compiled = Pattern.compile(pattern);
            while (line < plan.size() && !compiled.matcher(plan.get(line)).find()) {
                line++;
            }
            if (line++ >= plan.size()) {
                return "expected a line with " + pattern + " in (after the lines before it):\n"
                        + String.join("\n", plan);
            }
        }
        for (String pattern : record.absent()) {
            if (plan.stream().anyMatch(Pattern.compile(pattern).asPredicate())) {
                return "expected no line with " + pattern + " in:\n" + String.join("\n", plan);
            }
        }
        return null;
    }
}
