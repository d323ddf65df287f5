package dev.aquifer.cli.demo;

import java.math.BigDecimal;

/** What the demo says at its end. */
final class DemoText {
    private DemoText() {}

    static String legend(boolean right) {
        String answers = right
                ? "Each query gave the same answer all four times."
                : "NOT ALL ANSWERS ARE THE SAME: this is a defect of Aquifer.";
        return """
                cold       nothing cached: the node reads the columns from S3 and keeps them on SSD, encoded
                restarted  the node was stopped and started: its blocks come from SSD
                hot        the blocks are in the node's memory
                pulled     no pushing: the engine fetches the columns from S3 and does the work itself
                in the lake: the query's columns as they lie in S3; saved: that, over what came back over gRPC.

                %s
                """.formatted(answers);
    }

    static String next(BigDecimal scale) {
        String size = scale.toPlainString();
        return """
                Next, try
                  ./aquifer sql --tpch %s                                     a shell over these tables
                  ./aquifer sql --tpch %s -e "explain select ..."             what is pushed, where, and why
                  ./aquifer sql --table mine=FILE.parquet -e "select ..."      your own files
                  ./aquifer sql --table mine=s3://BUCKET/PREFIX/ -e "..."      your own bucket
                  ./aquifer doctor                                            what this machine has
                """.formatted(size, size);
    }
}
