package io.tealdesk.rehearsal.schema;

import io.tealdesk.rehearsal.schema.SchemaFindings.Finding;
import io.tealdesk.rehearsal.schema.SchemaFindings.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One finding for each statement of a migration that breaks something, however many of the release's it breaks. */
final class Misfits {

    private Misfits() {}

    static List<Finding> findings(Map<Misfit, MigrationStatement> culprits, String release) {
        Map<MigrationStatement, List<Misfit>> byCulprit = new LinkedHashMap<>();
        culprits.forEach((misfit, culprit) ->
                byCulprit.computeIfAbsent(culprit, none -> new ArrayList<>()).add(misfit));
        return byCulprit.entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue(), release))
                .toList();
    }

    private static Finding finding(MigrationStatement culprit, List<Misfit> misfits, String release) {
        // The shortest shows best what is missed.
        Misfit shown = misfits.stream()
                .min(Comparator.comparingInt(misfit -> misfit.sql().length()))
                .orElseThrow();
        long others = misfits.stream().map(Misfit::sql).distinct().count() - 1;
        return new Finding(
                Kind.BREAKS_THE_RUNNING_RELEASE,
                "%s: release %s %s: %s (%s)%s"
                        .formatted(
                                culprit.named(),
                                release,
                                shown.state().startsWith("23") ? "does not keep to it" : "still needs it",
                                MigrationStatement.shortened(shown.sql()),
                                shown.message(),
                                others == 0
                                        ? ""
                                        : others == 1
                                                ? " and one more statement"
                                                : " and " + others + " more statements"));
    }
}
