package io.tealdesk.rehearsal.report;

/**
 * One check and what came of it.
 *
 * @param decides whether the verdict depends on it
 * @param sentence the figures, for people
 */
public record Requirement(Check check, Result result, boolean decides, String sentence) {

    /** Not judged is neither good nor bad: there was nothing to look at, and a reason for that. */
    public enum Result {
        PASSED,
        FAILED,
        NOT_JUDGED
    }

    public boolean broken() {
        return decides && result == Result.FAILED;
    }
}
