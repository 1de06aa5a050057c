package io.tealdesk.shared;

/** A count that stops at {@link #CAP}, so that it costs the same on any number of rows; capped reads "999+". */
public record Count(int value, boolean capped) {

    public static final int CAP = 999;

    /** @param counted rows found by a query with {@code limit CAP + 1} */
    public static Count upTo(int counted) {
        return counted > CAP ? new Count(CAP, true) : new Count(counted, false);
    }
}
