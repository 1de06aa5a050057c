package io.tealdesk.rehearsal.report;

/** What a rehearsal is asked to show. */
public enum Check {
    NOTHING_FAILED("No request failed"),
    NOTHING_LOST("Nothing was lost"),
    EVERY_WRITE_ONCE("Every write is there exactly once"),
    NO_SESSION_LOST("Nobody was signed out"),
    NO_ASSET_MISSING("No asset was missing"),
    LIVE_HANDED_OVER("Live connections were handed over"),
    LOGS_CLEAN("Both releases' logs are free of errors"),
    P99_KEPT("The shift did not slow people down"),
    RATE_KEPT("The load was kept up"),
    NOTHING_UNPROVEN("Everything in the files was played"),
    ENDED_AS_EXPECTED("The deployment ended as it should");

    private final String title;

    Check(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
