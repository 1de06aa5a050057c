package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** The report's figures in rows. */
record ReportTables(Verdict verdict, Markup page) {

    private static final int SECONDS_ROWS_MAX = 150;
    private static final List<Phase.Group> COMPARED = List.of(Phase.Group.BEFORE, Phase.Group.SHIFT, Phase.Group.AFTER);

    void requirements() {
        page.leaf("h2", "What it had to show");
        Page.openTable(page, "Requirements", "requirements", "Result", "Requirement", "Figures");
        for (Requirement requirement : verdict.requirements()) {
            page.open("tr").open("td");
            badge(requirement);
            page.close();
            page.leaf("th", requirement.check().title(), "scope", "row");
            page.leaf("td", requirement.sentence()).close();
        }
        Page.closeTable(page);
    }

    private void badge(Requirement requirement) {
        if (!requirement.decides()) {
            String result = requirement.result() == Requirement.Result.FAILED ? "not met" : "met";
            page.leaf(
                    "span",
                    requirement.result() == Requirement.Result.NOT_JUDGED ? "not judged" : result + ", not asked",
                    "class",
                    "badge other");
            return;
        }
        switch (requirement.result()) {
            case PASSED -> Page.badge(page, true, "met");
            case FAILED -> Page.badge(page, false, "not met");
            case NOT_JUDGED -> page.leaf("span", "not judged", "class", "badge other");
        }
    }

    void failures(TimeAxis axis) {
        if (verdict.failures().isEmpty()) {
            return;
        }
        page.leaf("h2", "What failed");
        Page.openTable(
                page, "Failures", "failures", "First", "Request", "Failure", "Phase", "Answered by", "#Attempts");
        for (FailureGroup failure : verdict.failures()) {
            page.open("tr").leaf("td", axis.exactClock(failure.first()), "class", "nowrap");
            page.leaf("th", failure.operation(), "scope", "row");
            page.leaf("td", failure.failure());
            page.leaf("td", Objects.requireNonNullElse(failure.phase(), "–"));
            page.leaf("td", Objects.requireNonNullElse(failure.release(), Verdict.NOBODY));
            Page.number(page, Words.number(failure.count()));
            page.close();
        }
        Page.closeTable(page);
    }

    /** What the ledger and the logs hold against the releases, line by line. */
    void findings() {
        Facts.Ledger ledger = verdict.facts().ledger();
        list("Acknowledged and not there", ledger.lost());
        list("There more than once", ledger.doubled());
        list("There, and nobody wrote it", ledger.unexpected());
        list("Had to sign in again", ledger.sessionsLost());
        list("Never succeeded", ledger.givenUp());
        list("Faults of the load itself", ledger.faults());
        for (Facts.ReleaseLog log : verdict.facts().logs()) {
            list("Errors in the logs of release " + log.release(), log.errors());
        }
    }

    private void list(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.open("details", "open", "open").leaf("summary", "%s: %s".formatted(title, Words.number(lines.size())));
        page.open("ul", "class", "plain errors");
        lines.forEach(line -> page.leaf("li", line));
        page.close().close();
    }

    void operations() {
        page.leaf("h2", "By kind of request");
        Page.openTable(
                page,
                "Kinds of request",
                "operations",
                "Request",
                "#Sent",
                "#Failed",
                "#Again",
                "#p50 before",
                "#p50 shift",
                "#p50 after",
                "#p99 before",
                "#p99 shift",
                "#p99 after",
                "#p99 ratio");
        operation(verdict.all(), "total");
        verdict.operations().forEach(operation -> operation(operation, ""));
        Page.closeTable(page);
    }

    private void operation(OperationFigures operation, String style) {
        page.open("tr", "class", style).leaf("th", operation.name(), "scope", "row", "class", "nowrap");
        Page.number(page, Words.number(operation.counts().sent()));
        Page.number(page, Words.number(operation.counts().failed()));
        Page.number(page, Words.number(operation.counts().repeated()));
        COMPARED.forEach(group -> Page.number(
                page,
                duration(operation.latencies(group), operation.latencies(group).p50())));
        COMPARED.forEach(group -> Page.number(
                page,
                duration(operation.latencies(group), operation.latencies(group).p99())));
        OptionalDouble ratio = operation.p99Ratio();
        Page.number(page, ratio.isPresent() ? Words.decimal(ratio.getAsDouble()) : "–");
        page.close();
    }

    private static String duration(Latencies latencies, Duration figure) {
        return latencies.count() == 0 ? "–" : Words.duration(figure);
    }

    void phases(List<Phase> phases, TimeAxis axis) {
        page.leaf("h2", "Phases");
        Page.openTable(page, "Phases", "phases", "Begin", "Service", "Phase", "Counts as", "#Took");
        for (Phase phase : phases) {
            Instant end = PhasePanel.end(phase, axis);
            page.open("tr").leaf("td", axis.exactClock(phase.begin()), "class", "nowrap");
            page.leaf("td", Objects.requireNonNullElse(phase.service(), "–"));
            page.leaf("th", phase.name(), "scope", "row");
            page.leaf("td", phase.group().name().toLowerCase(Locale.ROOT));
            Page.number(page, Words.duration(Duration.between(phase.begin(), end)));
            page.close();
        }
        Page.closeTable(page);
    }

    void events(List<Event> events, TimeAxis axis) {
        page.leaf("h2", "Events");
        page.open("details").leaf("summary", "All " + Words.count(events.size(), "event"));
        Page.openTable(page, "Events", "events", "Time", "Kind", "Subject", "What");
        for (Event event : events) {
            page.open("tr").leaf("td", axis.exactClock(event.at()), "class", "nowrap");
            page.leaf("td", event.kind().name().toLowerCase(Locale.ROOT));
            page.leaf("td", Objects.requireNonNullElse(event.subject(), "–"), "class", "nowrap");
            page.leaf("td", event.text()).close();
        }
        Page.closeTable(page);
        page.close();
    }

    /** The timeline for those who do not see it. */
    void seconds(Timeline timeline) {
        int step = Math.toIntExact(Math.ceilDiv(timeline.axis().seconds(), (long) SECONDS_ROWS_MAX));
        Seconds seconds = timeline.seconds(Math.max(1, step));
        page.open("details")
                .leaf("summary", "The timeline as a table, in steps of " + Words.count(seconds.step(), "second"));
        Page.openTable(
                page,
                "Timeline",
                "seconds",
                "Time",
                "#Requests",
                "#Old release",
                "#New release",
                "#No release",
                "#Failed",
                "#Median",
                "#p99");
        for (Seconds.Second second : seconds.entries()) {
            page.open("tr").leaf("th", TimeAxis.clock(second.begin()), "scope", "row");
            Page.number(page, Words.number(second.sent()));
            Page.number(page, Words.number(second.ofOld()));
            Page.number(page, Words.number(second.ofNew()));
            Page.number(page, Words.number(second.ofNobody()));
            Page.number(page, Words.number(second.failed()));
            Page.number(page, duration(second.latencies(), second.latencies().p50()));
            Page.number(page, duration(second.latencies(), second.latencies().p99()));
            page.close();
        }
        Page.closeTable(page);
        page.close();
    }
}
