package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a rehearsal has shown.
 *
 * @param all every request together
 * @param operations by name, the most frequent first
 * @param requestsByRelease by what answered; {@link #NOBODY} for the load balancer itself and for silence
 */
public record Verdict(
        Facts facts,
        Tolerance tolerance,
        OperationFigures all,
        List<OperationFigures> operations,
        Map<String, Long> requestsByRelease,
        List<FailureGroup> failures,
        Rate rate,
        List<Requirement> requirements) {

    public static final String NOBODY = "no release";

    public static Verdict of(Recording recording, Facts facts) {
        return of(recording, facts, Tolerance.release());
    }

    public static Verdict of(Recording recording, Facts facts, Tolerance tolerance) {
        List<RequestRecord> requests = recording.requests();
        PhaseTimes phases = new PhaseTimes(recording.phases());
        OperationFigures all = OperationFigures.of("all", requests, phases);
        List<OperationFigures> operations =
                requests.stream().collect(Collectors.groupingBy(RequestRecord::operation)).entrySet().stream()
                        .map(entry -> OperationFigures.of(entry.getKey(), entry.getValue(), phases))
                        .sorted(Comparator.<OperationFigures>comparingLong(
                                        operation -> -operation.counts().sent())
                                .thenComparing(OperationFigures::name))
                        .toList();
        Map<String, Long> byRelease = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> Objects.requireNonNullElse(request.release(), NOBODY),
                        TreeMap::new,
                        Collectors.counting()));
        Rate rate = Rate.of(requests, phases, facts.setup().rateAsked());
        List<Requirement> requirements = new Judge(facts, tolerance, all, rate).requirements();
        return new Verdict(
                facts, tolerance, all, operations, byRelease, FailureGroup.of(requests, phases), rate, requirements);
    }

    public boolean passed() {
        return requirements.stream().noneMatch(Requirement::broken);
    }

    public List<Requirement> broken() {
        return requirements.stream().filter(Requirement::broken).toList();
    }

    public Requirement requirement(Check check) {
        return requirements.stream()
                .filter(requirement -> requirement.check() == check)
                .findFirst()
                .orElseThrow();
    }

    /** Operations that never succeeded, and acknowledged writes that are not there. */
    public long lost() {
        return givenUp() + facts.ledger().lost().size();
    }

    long givenUp() {
        return Math.max(all.counts().givenUp(), facts.ledger().givenUp().size());
    }
}
