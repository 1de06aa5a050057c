package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.recording.RequestRecord;
import io.tealdesk.rehearsal.schema.HeldLock;
import io.tealdesk.rehearsal.schema.TableWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** benchmarks-upgrade.md. */
final class UpgradeReport {

    private static final Duration SEEN_TWICE = Duration.ofMillis(20);
    private static final double MEBIBYTE = 1024.0 * 1024;

    private final UpgradeSettings settings;
    private final UpgradeFindings findings;
    private final StringBuilder text = new StringBuilder();

    private UpgradeReport(UpgradeSettings settings, UpgradeFindings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    static void write(Path folder, UpgradeSettings settings, String command, Instant at, UpgradeFindings findings)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("benchmarks-upgrade.md"),
                new UpgradeReport(settings, findings).text(command, at, BenchReport.machine()));
    }

    static String text(UpgradeSettings settings, String command, Instant at, String machine, UpgradeFindings findings) {
        return new UpgradeReport(settings, findings).text(command, at, machine);
    }

    private String text(String command, Instant at, String machine) {
        line("# A full desk's next release");
        line("");
        line("Measured %s with `%s`, on %s, Java %s, PostgreSQL %s."
                .formatted(at, command, machine, Runtime.version(), findings.server()));
        line("");
        line(
                "The desk has %,d tickets and %,d messages, loaded in %s. While agents work with the release %s, the database"
                        .formatted(
                                findings.tickets(),
                                findings.messages(),
                                seconds(findings.loading()),
                                settings.releases().from().label()));
        line("is prepared and migrated for %s, then one task of that starts beside the old one and fills what is new."
                .formatted(settings.releases().to().label()));
        line(
                "Agents make %.0f requests a second, whatever becomes of those before; what something takes counts from when"
                        .formatted(settings.rate()));
        line(
                "it was planned. Agents, both releases and the database share the machine. When the migration began, autovacuums");
        line("were made to linger at: %s."
                .formatted(findings.vacuumed().isEmpty() ? "no table" : String.join(", ", findings.vacuumed())));
        verdict();
        stages();
        operations();
        migrations();
        locks("during the migration", findings.migrating());
        locks("beside the new release", findings.filling());
        filling();
        return text.toString();
    }

    private void verdict() {
        List<String> problems = findings.problems();
        line("");
        if (problems.isEmpty()) {
            line("**None of %,d requests failed, no reply was lost, the old release logged no error, and no lock shut"
                    .formatted(findings.requests().size()));
            line("anybody out of a table for longer than a second.**");
        } else {
            line("**The old release did not survive it:**");
            line("");
            problems.forEach(problem -> line("- " + problem));
        }
    }

    private void stages() {
        line("");
        line("## Agents");
        line("");
        line("| | length | requests | failed | p50 ms | p95 ms | p99 ms | longest ms |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (UpgradeStage stage : findings.stages()) {
            List<RequestRecord> requests = findings.requests(stage);
            Latencies latencies = findings.latencies(stage, "");
            line("| %s | %s | %,d | %d | %s | %s | %s | %s |"
                    .formatted(
                            stage.name(),
                            seconds(stage.length()),
                            requests.size(),
                            requests.stream().filter(RequestRecord::failed).count(),
                            milliseconds(latencies.milliseconds(50)),
                            milliseconds(latencies.milliseconds(95)),
                            milliseconds(latencies.milliseconds(99)),
                            milliseconds(latencies.milliseconds(100))));
        }
        line("");
        line(
                "The latencies are those of whole things, of one to three requests each; of each kind, p50 and p95 in ms:");
    }

    private void operations() {
        line("");
        line("| | " + String.join(" | ", names()) + " |");
        line("| --- |" + " ---: |".repeat(findings.stages().size()));
        for (String operation : findings.operations()) {
            line("| %s | %s |"
                    .formatted(
                            operation,
                            findings.stages().stream()
                                    .map(stage -> findings.latencies(stage, operation))
                                    .map(each -> milliseconds(each.milliseconds(50)) + ", "
                                            + milliseconds(each.milliseconds(95)))
                                    .collect(Collectors.joining(" | "))));
        }
    }

    private List<String> names() {
        return findings.stages().stream().map(UpgradeStage::name).toList();
    }

    private void migrations() {
        line("");
        line("## Migrations");
        line("");
        if (findings.migrations().isEmpty()) {
            line("There was nothing to migrate.");
            return;
        }
        line("`migrate` came again %d times because a table was in use.".formatted(findings.retries()));
        line("");
        line("| migration | took |");
        line("| --- | ---: |");
        for (UpgradeFindings.Applied each : findings.migrations()) {
            line("| `%s` | %s |".formatted(each.script(), seconds(each.took())));
        }
    }

    private void locks(String when, TableWatch.Seen seen) {
        line("");
        line("## Locks " + when);
        line("");
        List<HeldLock> locks = seen.longest();
        if (locks.isEmpty()) {
            line("Looked at every 20 ms, no lock was seen that keeps anybody from reading or writing a table.");
        } else {
            line(
                    "Looked at every 20 ms, from when a lock was asked for; of each table the longest. Of one that was seen only");
            line("once nobody knows during what.");
            line("");
            line("| table | ms | mode | a probe waited ms | during |");
            line("| --- | ---: | --- | ---: | --- |");
            for (HeldLock lock : locks) {
                boolean isBrief = lock.duration().compareTo(SEEN_TWICE) < 0;
                line("| %s | %s | %s: %s | %d | %s |"
                        .formatted(
                                lock.table(),
                                isBrief ? "under 20" : lock.duration().toMillis(),
                                lock.mode(),
                                lock.shutsOut(),
                                seen.waits()
                                        .getOrDefault(lock.table(), Duration.ZERO)
                                        .toMillis(),
                                isBrief ? "" : "`" + lock.statement().replace("|", "\\|") + "`"));
            }
        }
        seen.waits().entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(longest -> {
            line("");
            line("Of short transactions that read and write all %d tables in turn, the slowest statement took %d ms"
                    .formatted(seen.waits().size(), longest.getValue().toMillis()));
            line("(%s).".formatted(longest.getKey()));
        });
    }

    private void filling() {
        line("");
        line("## What took how long");
        line("");
        findings.filled()
                .forEach((what, took) -> line("- %s %s after the new release served".formatted(what, seconds(took))));
        line("- from the first to the last of these stages: " + seconds(findings.length()));
        line("");
        line("The database grew from %,.0f to %,.0f MiB."
                .formatted(findings.bytesBefore() / MEBIBYTE, findings.bytesAfter() / MEBIBYTE));
    }

    private static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1e3;
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%,.0f s", seconds);
    }

    private static String milliseconds(double milliseconds) {
        return Double.isNaN(milliseconds) ? "–" : String.format(Locale.ROOT, "%.0f", milliseconds);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
