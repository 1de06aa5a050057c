package io.tealdesk.rehearsal.deployment;

/**
 * What a deployment leaves out, so that a drill can show what it is good for. On AWS none of it can be left out.
 *
 * @param installsBlindly goes on without waiting for green's health
 * @param takesSilenceForSuccess goes on when a hook has not reported in time
 * @param killsWithoutDraining ends green on the way back before its traffic has gone, and at once
 */
public record Leniency(boolean installsBlindly, boolean takesSilenceForSuccess, boolean killsWithoutDraining) {

    public static final Leniency NONE = new Leniency(false, false, false);
}
