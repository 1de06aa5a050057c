package io.tealdesk.rehearsal.report;

/** What a rehearsal is asked to show. */
public enum Check {
    NOTHING_FAILED("No request fails"),
    NOTHING_LOST("Nothing is lost"),
    EVERY_WRITE_ONCE("Every write is there exactly once"),
    NO_SESSION_LOST("Nobody is signed out"),
    NO_ASSET_MISSING("No asset is missing"),
    LIVE_HANDED_OVER("Live connections are handed over"),
    LOGS_CLEAN("Both releases' logs are free of errors"),
    P99_KEPT("The shift does not slow people down"),
    RATE_KEPT("The load is kept up"),
    NOTHING_UNPROVEN("Everything in the files is played"),
    ENDED_AS_EXPECTED("The deployment ends as it should");

    private final String title;

    Check(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
