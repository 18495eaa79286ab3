package io.tributary.app.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, each column as wide as its widest cell; a row may end early, its last cell then reaches over the rest. */
public final class Grid {

    private static final String GAP = "  ";

    private final boolean[] toTheLeft;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * Without rows.
     *
     * @param columns a character a column: {@code l} to set it left, {@code r} right
     */
    public Grid(String columns) {
        this.toTheLeft = new boolean[columns.length()];
        for (int i = 0; i < toTheLeft.length; i++) {
            toTheLeft[i] = columns.charAt(i) == 'l';
        }
    }

    /** One more row. */
    public void row(String... cells) {
        rows.add(cells);
    }

    /** A line across. */
    public void rule() {
        rows.add(new String[0]);
    }

    /** The lines, indented. */
    public List<String> lines() {
        int[] widths = widths();
        int all = 0;
        for (int width : widths) {
            all += width == 0 ? 0 : width + GAP.length();
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            lines.add(row.length == 0 ? GAP + "─".repeat(all - GAP.length()) : line(row, widths));
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[toTheLeft.length];
        for (String[] row : rows) {
            int whole = row.length == widths.length ? row.length : row.length - 1;
            for (int i = 0; i < whole; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return widths;
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            if (widths[i] == 0 && row[i].isEmpty()) {
                continue;
            }
            String pad = " ".repeat(Math.max(0, widths[i] - row[i].length()));
            boolean isShort = i == row.length - 1 && row.length < widths.length;
            line.append(GAP).append(toTheLeft[i] || isShort ? row[i] + pad : pad + row[i]);
        }
        return line.toString().stripTrailing();
    }
}
