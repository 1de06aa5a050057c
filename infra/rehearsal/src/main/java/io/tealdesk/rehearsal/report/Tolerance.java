package io.tealdesk.rehearsal.report;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which checks decide; the others are looked at and shown, but do not.
 *
 * @param p99Ratio how many times the p99 before the deployment it may be while traffic shifts
 */
public record Tolerance(String name, Set<Check> deciding, double p99Ratio) {

    private static final double P99_RATIO = 2;

    public Tolerance {
        deciding = Set.copyOf(deciding);
    }

    /** A deployment that has to succeed: everything decides. */
    public static Tolerance release() {
        return new Tolerance("release", EnumSet.allOf(Check.class), P99_RATIO);
    }

    /** A fault that is found before people's traffic moves: they must not notice, and there is no shift to compare. */
    public static Tolerance faultBeforeTraffic() {
        return new Tolerance(
                "fault before traffic",
                EnumSet.of(
                        Check.NOTHING_FAILED,
                        Check.NOTHING_LOST,
                        Check.EVERY_WRITE_ONCE,
                        Check.NO_SESSION_LOST,
                        Check.NO_ASSET_MISSING,
                        Check.NOTHING_UNPROVEN,
                        Check.ENDED_AS_EXPECTED),
                P99_RATIO);
    }

    /** A fault under people's traffic: an attempt may fail, but repeating it brings everything home. */
    public static Tolerance faultUnderTraffic() {
        return new Tolerance(
                "fault under traffic",
                EnumSet.of(
                        Check.NOTHING_LOST,
                        Check.EVERY_WRITE_ONCE,
                        Check.NO_SESSION_LOST,
                        Check.NOTHING_UNPROVEN,
                        Check.ENDED_AS_EXPECTED),
                P99_RATIO);
    }

    public Tolerance without(Check... checks) {
        EnumSet<Check> rest = EnumSet.noneOf(Check.class);
        rest.addAll(deciding);
        rest.removeAll(Set.of(checks));
        return new Tolerance(name, rest, p99Ratio);
    }

    public Tolerance with(Check... checks) {
        EnumSet<Check> more = EnumSet.noneOf(Check.class);
        more.addAll(deciding);
        more.addAll(Set.of(checks));
        return new Tolerance(name, more, p99Ratio);
    }

    boolean decides(Check check) {
        return deciding.contains(check);
    }
}
