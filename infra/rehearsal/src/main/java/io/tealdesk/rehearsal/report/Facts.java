package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.load.LedgerFindings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict needs to know beside the recording. Plain data, so that every room can fill in its part.
 *
 * @param logs one entry for each release whose tasks' logs were read
 * @param deployments in the order in which they were played
 * @param unproven what the files ask for and was not played, one line each
 */
public record Facts(
        Setup setup,
        Ledger ledger,
        Live live,
        List<ReleaseLog> logs,
        List<Outcome> deployments,
        List<String> unproven) {

    /**
     * How the rehearsal was run.
     *
     * @param name {@code rehearsal}, or the drill's name
     * @param mode {@code processes} or {@code containers}
     * @param compression by which waits were divided
     * @param rateAsked requests per second that had to be kept up
     * @param command that repeats it, from the repository's root
     * @param differences of this stage from AWS, one sentence each
     */
    public record Setup(
            String name,
            String mode,
            double compression,
            Version from,
            Version to,
            double rateAsked,
            String command,
            List<String> differences) {}

    /**
     * A release.
     *
     * @param id what its answers say in X-Release
     * @param label for people
     */
    public record Version(String id, String label) {}

    /**
     * What people were told, held against what the desk and its database have.
     *
     * @param writes how many were acknowledged
     * @param sessions how many people were signed in
     * @param lost acknowledged writes that are not there
     * @param doubled writes that are there more than once
     * @param unexpected what is there and nobody wrote
     * @param sessionsLost people who had to sign in again
     * @param givenUp operations that never succeeded, as far as the people count them themselves
     * @param faults of the people's own program, which then did less than it was asked to
     */
    public record Ledger(
            long writes,
            long sessions,
            List<String> lost,
            List<String> doubled,
            List<String> unexpected,
            List<String> sessionsLost,
            List<String> givenUp,
            List<String> faults) {

        public static Ledger of(LedgerFindings findings, List<String> faults) {
            return new Ledger(
                    findings.writes(),
                    findings.sessions(),
                    findings.lost(),
                    findings.doubled(),
                    findings.unexpected(),
                    findings.sessionsLost(),
                    findings.givenUp(),
                    faults);
        }
    }

    /**
     * The agents' live connections.
     *
     * @param held how many were open when traffic began to move
     * @param handedOver how many of them went on with the new release
     * @param worstGap the longest time that one of them was without a connection
     * @param missed events that a connection should have brought and did not
     * @param absence why there could be none, such as a release without them; null when there had to be some
     */
    public record Live(
            long held,
            long handedOver,
            Duration worstGap,
            long missed,
            @Nullable String absence) {}

    /** Lines that must not be in the logs of a release's tasks, each with its task's name before it. */
    public record ReleaseLog(String release, List<String> errors) {}

    /**
     * How a deployment ended.
     *
     * @param expected {@code SUCCEEDED} or {@code ROLLED_BACK}
     * @param ended the same words, or {@code FAILED}
     * @param reason why it was rolled back or failed
     */
    public record Outcome(
            String service,
            String expected,
            String ended,
            @Nullable String reason,
            Duration took) {

        public boolean asExpected() {
            return expected.equals(ended);
        }
    }
}
