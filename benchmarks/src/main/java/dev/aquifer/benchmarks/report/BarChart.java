package dev.aquifer.benchmarks.report;

import static dev.aquifer.benchmarks.report.Page.format;

/** Bars to the right, each with a name at its left and its figure at its end. Lengths are shares of the whole width, 0 to 1. */
public final class BarChart {
    /** Pixels that a bar is high. */
    public static final int BAR = 11;

    private static final int WIDTH = 900;
    private static final int RIGHT = 150;
    private static final int TOP = 28;
    private static final int BOTTOM = 24;

    private final StringBuilder svg = new StringBuilder();
    private final int left;
    private final int step;
    private final int height;

    /**
     * @param left pixels for the names
     * @param rows how many rows there will be
     * @param step pixels from a row to the next
     */
    public BarChart(int left, int rows, int step) {
        this.left = left;
        this.step = step;
        this.height = TOP + step * rows + BOTTOM;
        svg.append(format(
                "<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">%n",
                WIDTH, height));
    }

    /** What a colour stands for, above the bars. */
    public void legend(String kind, String text, int place) {
        int x = left + 80 * place;
        svg.append(format("<rect class=\"%s\" x=\"%d\" y=\"2\" width=\"11\" height=\"11\"/>", kind, x));
        svg.append(format("<text x=\"%d\" y=\"12\">%s</text>%n", x + 16, Page.escaped(text)));
    }

    /** A line from top to bottom with its value below. */
    public void grid(double share, String label) {
        line("axis", x(share));
        svg.append(format(
                "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                x(share), height - 6, Page.escaped(label)));
    }

    /** A line that bars are held against, with its value above. */
    public void mark(double share, String label) {
        line("m", x(share));
        svg.append(format("<text x=\"%.1f\" y=\"%d\">%s</text>%n", x(share) + 5, TOP - 10, Page.escaped(label)));
    }

    private void line(String kind, double x) {
        svg.append(format(
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", kind, x, x, TOP - 6, height - 20));
    }

    /** @param bars how many bars the row has, beside whose middle the name stands */
    public void name(int row, int bars, String text) {
        int y = TOP + step * row + (bars == 1 ? BAR - 1 : BAR + 4);
        svg.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", left - 8, y, Page.escaped(text)));
    }

    /**
     * @param kind the colour: {@code a} or {@code d}
     * @param place which of the row's bars, from 0
     */
    public void bar(String kind, int row, int place, double share, String label) {
        int y = TOP + step * row + (BAR + 1) * place;
        double width = Math.max(1, x(share) - left);
        svg.append(format(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", kind, left, y, width, BAR));
        svg.append(format("<text x=\"%.1f\" y=\"%d\">%s</text>%n", left + width + 5, y + BAR - 1, Page.escaped(label)));
    }

    private double x(double share) {
        return left + share * (WIDTH - left - RIGHT);
    }

    public String svg() {
        return svg + "</svg>\n";
    }
}
