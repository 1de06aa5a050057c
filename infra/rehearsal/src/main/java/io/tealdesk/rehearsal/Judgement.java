package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.deployment.Outcome;
import io.tealdesk.rehearsal.load.LiveSummary;
import io.tealdesk.rehearsal.load.LoadSummary;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.Unproven;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.report.Facts;
import io.tealdesk.rehearsal.report.LogErrors;
import io.tealdesk.rehearsal.report.LogErrors.Allowance;
import io.tealdesk.rehearsal.world.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers from every room what the verdict is made of. */
final class Judgement {

    private final RunSettings settings;
    private final Recording recording;

    Judgement(RunSettings settings, Recording recording) {
        this.settings = settings;
        this.recording = recording;
    }

    Facts facts(
            Theatre theatre,
            Facts.Ledger ledger,
            LoadSummary load,
            List<Outcome> outcomes,
            String expected,
            List<Allowance> allowances)
            throws IOException {
        return new Facts(
                setup(theatre),
                ledger,
                live(load.live()),
                logs(theatre, allowances),
                deployments(outcomes, expected),
                unproven(load, outcomes));
    }

    private Facts.Setup setup(Theatre theatre) {
        List<String> differences = new ArrayList<>(theatre.world().differences());
        differences.addAll(NginxLoadBalancer.differences());
        differences.addAll(DeploymentFiles.differences());
        return new Facts.Setup(
                settings.name(),
                settings.containers() ? "containers" : "processes",
                settings.compression().factor(),
                version(settings.releases().from()),
                version(settings.releases().to()),
                settings.rate(),
                settings.command(),
                differences);
    }

    private static Facts.Version version(Release release) {
        return new Facts.Version(release.id(), release.label());
    }

    private static Facts.Live live(LiveSummary live) {
        return new Facts.Live(live.held(), live.handedOver(), live.worstGap(), live.missed(), live.absence());
    }

    private List<Facts.ReleaseLog> logs(Theatre theatre, List<Allowance> allowances) throws IOException {
        Map<String, Map<String, Path>> byRelease = new LinkedHashMap<>();
        for (Task task : theatre.everyTask()) {
            byRelease
                    .computeIfAbsent(task.release(), release -> new LinkedHashMap<>())
                    .put(task.name(), task.log());
        }
        List<Facts.ReleaseLog> logs = new ArrayList<>();
        for (Map.Entry<String, Map<String, Path>> release : byRelease.entrySet()) {
            logs.add(LogErrors.of(release.getKey(), release.getValue(), allowances));
        }
        return logs;
    }

    private List<Facts.Outcome> deployments(List<Outcome> outcomes, String expected) {
        return outcomes.stream()
                .map(outcome -> new Facts.Outcome(
                        outcome.service().toString(),
                        expected,
                        outcome.result().name(),
                        outcome.reason().isEmpty() ? null : outcome.reason(),
                        length(outcome.service().toString())))
                .toList();
    }

    private Duration length(String service) {
        return recording.phases().stream()
                .filter(phase -> service.equals(phase.service()))
                .map(Judgement::length)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration length(Phase phase) {
        return phase.end() == null ? Duration.ZERO : Duration.between(phase.begin(), phase.end());
    }

    /** What the files ask for and was not played, and what went wrong with the playing itself. */
    private List<String> unproven(LoadSummary load, List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        for (Unproven each : settings.plan().unproven()) {
            lines.add(each.place() + ": " + each.what());
        }
        if (load.faults() > 0) {
            lines.add("%d operations of the load broke by a fault of its own: %s"
                    .formatted(load.faults(), load.firstFault()));
        }
        for (Outcome outcome : outcomes) {
            outcome.killedTasks().forEach(task -> lines.add(task + " had to be killed at the end of its stop timeout"));
        }
        return lines;
    }
}
