package io.tealdesk.rehearsal.bench.desk;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Few are met all the time and most hardly ever: the place k of n is drawn in proportion to 1 / k^exponent. */
final class Zipf {

    private final double[] upTo;

    Zipf(int places, double exponent) {
        upTo = new double[places];
        double sum = 0;
        for (int place = 0; place < places; place++) {
            sum += Math.pow(place + 1.0, -exponent);
            upTo[place] = sum;
        }
    }

    /** From 0, the most frequent, to the number of places less one. */
    int draw(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
    }
}
