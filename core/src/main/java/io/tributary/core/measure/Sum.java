package io.tributary.core.measure;

import java.nio.ByteBuffer;

/**
 * A sum from which terms can be taken out again, however large: what rounding loses is summed apart (Neumaier 1974,
 * "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen").
 */
final class Sum {

    static final int BYTES = 2 * Double.BYTES;

    /** Larger terms count as this, so that their squares stay finite. */
    private static final double LARGEST = 1e280;

    private double sum;
    private double rest;

    void add(double term) {
        double capped = Math.min(LARGEST, Math.max(-LARGEST, term));
        double larger = sum + capped;
        rest += Math.abs(sum) >= Math.abs(capped) ? sum - larger + capped : capped - larger + sum;
        sum = larger;
    }

    void add(Sum other) {
        add(other.sum);
        add(other.rest);
    }

    double value() {
        return sum + rest;
    }

    void write(ByteBuffer into) {
        into.putDouble(sum).putDouble(rest);
    }

    void read(ByteBuffer from) {
        sum = from.getDouble();
        rest = from.getDouble();
    }
}
