package io.tributary.app.demo;

import java.util.SplittableRandom;

/** Random draws that are the same on every machine: strict arithmetic over a seeded generator. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A draw from the standard normal distribution (Box and Muller 1958; the second draw is not kept). */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** A factor whose mean is 1 and whose logarithm has the given deviation. */
    double logNormal(double deviation) {
        return StrictMath.exp(deviation * gaussian() - deviation * deviation / 2);
    }

    double exponential() {
        return -StrictMath.log(1 - random.nextDouble());
    }

    /** A draw from the Poisson distribution by multiplication (Knuth), for means that are not large. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
