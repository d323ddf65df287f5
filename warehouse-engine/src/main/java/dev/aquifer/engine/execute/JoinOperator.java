package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A join by hash: a table of the right side's keys, the left side passes by. Without keys every pair is tried.
 *
 * @param leftKeys over the left's columns; of the types of {@code rightKeys}
 * @param nullsEqual by key, whether null joins null
 * @param condition a BOOLEAN over the left's columns and then the right's, for pairs with equal keys; or null
 */
record JoinOperator(
        Operator left,
        Operator right,
        Kind kind,
        List<Expr> leftKeys,
        List<Expr> rightKeys,
        List<Boolean> nullsEqual,
        @Nullable Expr condition,
        List<DataType> types)
        implements Operator {
    /** What is done with rows that have no partner; SEMI and ANTI give left columns alone. */
    enum Kind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        SEMI,
        ANTI;

        boolean keepsLeft() {
            return this == LEFT || this == FULL;
        }

        boolean keepsRight() {
            return this == RIGHT || this == FULL;
        }

        boolean givesPairs() {
            return this != SEMI && this != ANTI;
        }
    }

    @Override
    public BatchSource open(Execution execution) {
        return new Running(execution);
    }

    /** Pairs whose condition is looked at together. */
    private static final int PAIRS = 16_384;

    private final class Running implements BatchSource {
        private final Execution execution;
        private final BatchSource probe;
        private final Projector probeKeys;
        private final @Nullable Projector test;
        private final Held held;
        private final Batch built;
        private final JoinTable table;
        private final long[] builtMatched;
        private final ArrayDeque<Batch> ready = new ArrayDeque<>();
        private final int[] probeRows = new int[PAIRS];
        private final int[] builtRows = new int[PAIRS];
        private int pairs;
        private @Nullable Probing probing;
        private boolean probed;
        private int unmatchedFrom;
        private boolean done;

        Running(Execution execution) {
            this.execution = execution;
            this.held = new Held(execution.memory());
            Projector keys = null;
            Projector tester = null;
            try {
                this.built = held.all(right, execution);
                try (Projector builtKeys = new Projector(right.types(), rightKeys, execution)) {
                    Batch keyed = builtKeys.apply(built);
                    held.add((Projector.isPermutation(rightKeys) ? 0 : keyed.memoryBytes())
                            + JoinTable.memoryBytes(keyed.rows()));
                    this.table = new JoinTable(keyed, nullsEqual);
                }
                this.builtMatched = new long[Bitmap.words(built.rows())];
                keys = new Projector(left.types(), leftKeys, execution);
                List<DataType> both = new ArrayList<>(left.types());
                both.addAll(right.types());
                tester = condition == null ? null : new Projector(both, List.of(condition), execution);
                this.probe = left.open(execution);
            } catch (RuntimeException e) {
                close(tester);
                close(keys);
                held.close();
                throw e;
            }
            this.probeKeys = keys;
            this.test = tester;
        }

        private static void close(@Nullable Projector projector) {
            if (projector != null) {
                projector.close();
            }
        }

        /** A batch of the left side on its way: which row is looked up, and where its chain of partners goes on. */
        private static final class Probing {
            private final Batch batch;
            private final Batch keys;
            private final int[] hashes;
            private final long[] matched;
            private int row;
            /** The next partner of the row; -1 where its chain has not begun. */
            private int found = -1;

            Probing(Batch batch, Batch keys) {
                this.batch = batch;
                this.keys = keys;
                this.hashes = JoinTable.hashes(keys);
                this.matched = new long[Bitmap.words(batch.rows())];
            }
        }

        @Override
        public @Nullable Batch next() {
            while (ready.isEmpty() && !done) {
                execution.checkStop();
                if (probing != null) {
                    join(probing);
                    continue;
                }
                Batch batch = probed || nothingCanMatch() ? null : probe.next();
                probed = batch == null;
                if (batch == null) {
                    done = !kind.keepsRight() || !addUnmatchedBuilt();
                } else {
                    probing = new Probing(batch, probeKeys.apply(batch));
                }
            }
            return ready.poll();
        }

        private boolean nothingCanMatch() {
            return built.rows() == 0 && (kind == Kind.INNER || kind == Kind.SEMI || kind == Kind.RIGHT);
        }

        /** Collects pairs until there are enough to be given, or the batch has no more: a row may have any number of them. */
        private void join(Probing at) {
            boolean firstIsEnough = !kind.givesPairs() && test == null;
            while (at.row < at.batch.rows()) {
                int found = at.found >= 0 ? at.found : table.first(at.keys, at.row, at.hashes[at.row]);
                while (found >= 0) {
                    probeRows[pairs] = at.row;
                    builtRows[pairs] = found;
                    found = firstIsEnough ? -1 : table.after(found, at.keys, at.row, at.hashes[at.row]);
                    if (++pairs == PAIRS) {
                        at.found = found;
                        at.row += found < 0 ? 1 : 0;
                        flush(at.batch, at.matched);
                        return;
                    }
                }
                at.found = -1;
                at.row++;
            }
            flush(at.batch, at.matched);
            addByMatch(at.batch, at.matched);
            probing = null;
        }

        /** Tests the collected pairs, and gives those that hold. */
        private void flush(Batch batch, long[] matched) {
            if (pairs == 0) {
                return;
            }
            execution.checkStop();
            Batch joined = null;
            if (test != null) {
                joined = pairsOf(batch);
                BoolColumn holds = (BoolColumn) test.apply(joined).column(0);
                int kept = 0;
                int[] keep = new int[pairs];
                for (int i = 0; i < pairs; i++) {
                    if (!holds.isNull(i) && Bitmap.get(holds.bits(), i)) {
                        probeRows[kept] = probeRows[i];
                        builtRows[kept] = builtRows[i];
                        keep[kept++] = i;
                    }
                }
                joined = kept == pairs ? joined : Columns.gather(joined, keep, kept);
                pairs = kept;
            }
            for (int i = 0; i < pairs; i++) {
                Bitmap.set(matched, probeRows[i]);
                Bitmap.set(builtMatched, builtRows[i]);
            }
            if (kind.givesPairs() && pairs > 0) {
                ready.add(joined == null ? pairsOf(batch) : joined);
            }
            pairs = 0;
        }

        private Batch pairsOf(Batch batch) {
            return Columns.beside(Columns.gather(batch, probeRows, pairs), Columns.gather(built, builtRows, pairs));
        }

        /** Left rows that are given because they have a partner, or because they have none. */
        private void addByMatch(Batch batch, long[] matched) {
            if (kind.givesPairs() && !kind.keepsLeft()) {
                return;
            }
            int[] rows = new int[batch.rows()];
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (Bitmap.get(matched, row) == (kind == Kind.SEMI)) {
                    rows[count++] = row;
                }
            }
            if (count == 0) {
                return;
            }
            Batch taken = Columns.gather(batch, rows, count);
            ready.add(kind.givesPairs() ? Columns.beside(taken, nulls(built, count)) : taken);
        }

        /** Some of the right rows that have no partner, after all of the left have passed; whether there may be more. */
        private boolean addUnmatchedBuilt() {
            int count = 0;
            for (; unmatchedFrom < built.rows() && count < PAIRS; unmatchedFrom++) {
                if (!Bitmap.get(builtMatched, unmatchedFrom)) {
                    builtRows[count++] = unmatchedFrom;
                }
            }
            if (count > 0) {
                ready.add(Columns.beside(
                        nulls(Batch.empty(left.types()), count), Columns.gather(built, builtRows, count)));
            }
            return unmatchedFrom < built.rows();
        }

        private static Batch nulls(Batch like, int count) {
            int[] none = new int[count];
            Arrays.fill(none, -1);
            return Columns.gather(like, none, count);
        }

        @Override
        public void close() {
            probe.close();
            close(probeKeys);
            close(test);
            held.close();
        }
    }
}
