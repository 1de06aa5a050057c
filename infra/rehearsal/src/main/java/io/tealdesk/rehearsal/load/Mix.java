package io.tealdesk.rehearsal.load;

import java.util.List;
import java.util.SplittableRandom;

/** What people do how often. */
public record Mix(List<Share> shares) {

    public Mix {
        shares = List.copyOf(shares);
        if (shares.stream().mapToDouble(Share::weight).sum() <= 0) {
            throw new IllegalArgumentException("A mix needs something that is done");
        }
    }

    /** @param weight relative to the others' */
    public record Share(Operation operation, double weight) {}

    Operation pick(SplittableRandom random) {
        double total = shares.stream().mapToDouble(Share::weight).sum();
        double left = random.nextDouble() * total;
        for (Share share : shares) {
            left -= share.weight;
            if (left < 0) {
                return share.operation;
            }
        }
        return shares.getLast().operation;
    }
}
