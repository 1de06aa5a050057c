package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.deployment.Outcome;
import io.tealdesk.rehearsal.drills.Drill;
import io.tealdesk.rehearsal.report.Check;
import io.tealdesk.rehearsal.report.Requirement;
import io.tealdesk.rehearsal.report.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a drill ended as its description says.
 *
 * @param guarded whether the safeguards were on
 */
record DrillResult(Drill drill, boolean guarded, boolean asDescribed, String sentence) {

    static DrillResult of(Drill drill, boolean guarded, Verdict verdict, List<Outcome> outcomes) {
        return guarded ? guarded(drill, verdict, outcomes) : unguarded(drill, verdict);
    }

    private static DrillResult guarded(Drill drill, Verdict verdict, List<Outcome> outcomes) {
        String reason = outcomes.isEmpty() ? "" : outcomes.getLast().reason();
        if (!verdict.passed()) {
            return new DrillResult(drill, true, false, sentences(verdict.broken()));
        }
        boolean said = drill.reason().matcher(reason).find();
        return new DrillResult(
                drill, true, said, said ? reason + " Nothing was lost." : "It ended for another reason: " + reason);
    }

    private static DrillResult unguarded(Drill drill, Verdict verdict) {
        List<Requirement> seen = drill.ending().losses().stream()
                .sorted()
                .map(verdict::requirement)
                .filter(requirement -> requirement.result() == Requirement.Result.FAILED)
                .toList();
        return seen.isEmpty()
                ? new DrillResult(
                        drill,
                        false,
                        false,
                        "No loss was seen: "
                                + verdict.requirement(Check.NOTHING_FAILED).sentence())
                : new DrillResult(drill, false, true, "The loss was seen: " + sentences(seen));
    }

    private static String sentences(List<Requirement> requirements) {
        return requirements.stream().map(Requirement::sentence).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return "%-4s %s%s: %s"
                .formatted(asDescribed ? "ok" : "NOT", drill.name(), guarded ? "" : " without safeguard", sentence);
    }
}
