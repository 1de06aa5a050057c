package io.tealdesk.rehearsal.bench;

import java.util.Arrays;

/**
 * How fast this machine is at the moment. Virtual machines share their cores with others, and the same one may be half as
 * fast an hour later: figures in milliseconds say little without it.
 */
final class MachineSpeed {

    private static final int STEPS = 50_000_000;
    private static final int TURNS = 9;

    private MachineSpeed() {}

    /** The milliseconds that one core takes for a fixed piece of arithmetic, by the median; nothing else may run. */
    static double measured() {
        double[] taken = new double[TURNS];
        long sum = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            long begun = System.nanoTime();
            for (int step = 0; step < STEPS; step++) {
                // Each depends on the one before: what a core does beside it does not count.
                sum = sum * 31 + step;
            }
            taken[turn] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(taken);
        // A sum that nobody looks at would not be made.
        if (sum == 0) {
            throw new ArithmeticException("The fixed sum came to 0");
        }
        return taken[TURNS / 2];
    }
}
