package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import java.util.List;

/** The verdict in one sentence and the numbers that carry it. */
record Headline(Verdict verdict) {

    static String title(Verdict verdict) {
        boolean isDrill = !verdict.tolerance().name().equals(Tolerance.release().name());
        if (verdict.passed()) {
            return isDrill ? "The fault was survived: nothing was lost" : "Nothing was dropped";
        }
        long broken = verdict.broken().size();
        return verdict.lost() > 0
                ? "%s lost".formatted(Words.count(verdict.lost(), "thing was", "things were"))
                : "%s not met".formatted(Words.count(broken, "requirement was", "requirements were"));
    }

    /** One sentence without markup, for the terminal too. */
    static String sentence(Verdict verdict) {
        Counts counts = verdict.all().counts();
        Facts facts = verdict.facts();
        return "%s from %s while release %s %s %s: %s failed, %s lost, and of %s %s there exactly once."
                .formatted(
                        Words.count(counts.sent(), "request"),
                        Words.count(facts.ledger().sessions(), "person", "people"),
                        facts.setup().to().id(),
                        hasTakenOver(facts) ? "took over from" : "was to take over from",
                        facts.setup().from().id(),
                        counts.failed() == 0 ? "none" : Words.number(counts.failed()),
                        verdict.lost() == 0 ? "nothing" : Words.number(verdict.lost()),
                        Words.count(facts.ledger().writes(), "acknowledged write"),
                        once(facts.ledger()));
    }

    /** Not where it was refused, failed or rolled back. */
    private static boolean hasTakenOver(Facts facts) {
        return facts.deployments().stream().allMatch(outcome -> outcome.ended().equals("SUCCEEDED"));
    }

    private static String once(Facts.Ledger ledger) {
        long wrong = ledger.lost().size() + (long) ledger.doubled().size();
        return wrong == 0
                ? "each is"
                : Words.number(Math.max(0, ledger.writes() - wrong)) + (ledger.writes() - wrong == 1 ? " is" : " are");
    }

    void write(Markup page) {
        Page.verdict(page, verdict.passed(), title(verdict) + ".", sentence(verdict));
        Facts.Setup setup = verdict.facts().setup();
        page.leaf(
                "p",
                "%s, from “%s” to “%s”, as %s on one machine."
                        .formatted(
                                setup.name().equals("rehearsal") ? "Rehearsal" : "Drill “" + setup.name() + "”",
                                setup.from().label(),
                                setup.to().label(),
                                setup.mode()));
        broken(page);
        numbers(page);
        page.close();
    }

    private void broken(Markup page) {
        List<Requirement> broken = verdict.broken();
        if (broken.isEmpty()) {
            return;
        }
        page.open("ul");
        for (Requirement requirement : broken) {
            page.open("li").leaf("strong", "Not met: " + requirement.check().title() + ". ");
            page.text(requirement.sentence()).close();
        }
        page.close();
    }

    private void numbers(Markup page) {
        Counts counts = verdict.all().counts();
        Facts facts = verdict.facts();
        page.open("dl", "class", "numbers");
        number(
                page,
                "Requests",
                Words.number(counts.sent()),
                "%s per second for %s"
                        .formatted(
                                Words.decimal(verdict.rate().average()),
                                Words.duration(verdict.rate().length())),
                verdict.requirement(Check.RATE_KEPT).broken());
        number(
                page,
                "Failed",
                Words.number(counts.failed()),
                Words.number(counts.repeated()) + " sent again",
                counts.failed() > 0);
        number(
                page,
                "Lost or doubled",
                Words.number(verdict.lost() + facts.ledger().doubled().size()),
                "of " + Words.count(facts.ledger().writes(), "write"),
                verdict.lost() + facts.ledger().doubled().size() > 0);
        number(
                page,
                "p99 in the shift",
                Words.duration(verdict.all().latencies(Phase.Group.SHIFT).p99()),
                verdict.all().p99Ratio().isPresent()
                        ? "%s × the %s before"
                                .formatted(
                                        Words.decimal(verdict.all().p99Ratio().getAsDouble()),
                                        Words.duration(verdict.all()
                                                .latencies(Phase.Group.BEFORE)
                                                .p99()))
                        : "nothing to compare with",
                verdict.requirement(Check.P99_KEPT).broken());
        number(
                page,
                "Live connections",
                facts.live().absence() != null
                        ? "–"
                        : "%s of %s"
                                .formatted(
                                        Words.number(facts.live().handedOver()),
                                        Words.number(facts.live().held())),
                facts.live().absence() != null
                        ? "not judged"
                        : "handed over, %s missed"
                                .formatted(Words.count(facts.live().missed(), "event")),
                verdict.requirement(Check.LIVE_HANDED_OVER).broken());
        number(
                page,
                "Signed out",
                Words.number(facts.ledger().sessionsLost().size()),
                "of " + Words.count(facts.ledger().sessions(), "person", "people"),
                !facts.ledger().sessionsLost().isEmpty());
        page.close();
    }

    private static void number(Markup page, String name, String figure, String detail, boolean isBad) {
        page.open("div").leaf("dt", name).open("dd");
        page.leaf("span", figure, "class", isBad ? "figure bad" : "figure");
        page.leaf("small", detail).close().close();
    }
}
