package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A verdict for machines. Fields are added and never renamed or removed while {@code format} stays the same; times are
 * milliseconds. {@link SeriesReport} reads it again.
 */
public final class JsonReport {

    static final int FORMAT = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    public static void write(Verdict verdict, Path file) throws IOException {
        Files.writeString(file, of(verdict) + "\n");
    }

    static String of(Verdict verdict) {
        Facts facts = verdict.facts();
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("passed", verdict.passed());
        root.put("name", facts.setup().name());
        root.put("tolerance", verdict.tolerance().name());
        root.put("mode", facts.setup().mode());
        root.put("compression", facts.setup().compression());
        root.put("command", facts.setup().command());
        version(root.putObject("from"), facts.setup().from());
        version(root.putObject("to"), facts.setup().to());
        requests(root.putObject("requests"), verdict);
        ledger(root.putObject("ledger"), facts.ledger());
        live(root.putObject("live"), facts.live());
        rate(root.putObject("rate"), verdict.rate());
        latencies(root.putObject("latency"), verdict.all());
        operations(root.putArray("operations"), verdict.operations());
        failures(root.putArray("failures"), verdict.failures());
        logs(root.putArray("logs"), facts.logs());
        deployments(root.putArray("deployments"), facts.deployments());
        strings(root.putArray("unproven"), facts.unproven());
        requirements(root.putArray("requirements"), verdict.requirements());
        return JSON.writeValueAsString(root);
    }

    private static void version(ObjectNode node, Facts.Version version) {
        node.put("id", version.id());
        node.put("label", version.label());
    }

    private static void requests(ObjectNode node, Verdict verdict) {
        counts(node, verdict.all().counts());
        node.put("lost", verdict.lost());
        ObjectNode byRelease = node.putObject("byRelease");
        verdict.requestsByRelease().forEach(byRelease::put);
    }

    private static void counts(ObjectNode node, Counts counts) {
        node.put("sent", counts.sent());
        node.put("failed", counts.failed());
        node.put("repeated", counts.repeated());
        node.put("givenUp", counts.givenUp());
        node.put("assets", counts.assets());
        node.put("assetsMissing", counts.assetsMissing());
    }

    private static void ledger(ObjectNode node, Facts.Ledger ledger) {
        node.put("writes", ledger.writes());
        node.put("sessions", ledger.sessions());
        strings(node.putArray("lost"), ledger.lost());
        strings(node.putArray("doubled"), ledger.doubled());
        strings(node.putArray("unexpected"), ledger.unexpected());
        strings(node.putArray("sessionsLost"), ledger.sessionsLost());
        strings(node.putArray("givenUp"), ledger.givenUp());
        strings(node.putArray("faults"), ledger.faults());
    }

    private static void live(ObjectNode node, Facts.Live live) {
        node.put("held", live.held());
        node.put("handedOver", live.handedOver());
        node.put("worstGap", millis(live.worstGap()));
        node.put("missed", live.missed());
        node.put("absence", live.absence());
    }

    private static void rate(ObjectNode node, Rate rate) {
        node.put("asked", rate.asked());
        node.put("average", rate.average());
        node.put("lowest", rate.lowest());
        node.put("lowestSecond", rate.lowestSecond());
        node.put("length", millis(rate.length()));
        node.put("kept", rate.kept());
    }

    private static void latencies(ObjectNode node, OperationFigures figures) {
        for (Phase.Group group : List.of(Phase.Group.BEFORE, Phase.Group.SHIFT, Phase.Group.AFTER)) {
            Latencies latencies = figures.latencies(group);
            ObjectNode of = node.putObject(group.name().toLowerCase(Locale.ROOT));
            of.put("count", latencies.count());
            of.put("p50", millis(latencies.p50()));
            of.put("p95", millis(latencies.p95()));
            of.put("p99", millis(latencies.p99()));
            of.put("max", millis(latencies.max()));
        }
        figures.p99Ratio().ifPresentOrElse(ratio -> node.put("p99Ratio", ratio), () -> node.putNull("p99Ratio"));
    }

    private static void operations(ArrayNode array, List<OperationFigures> operations) {
        for (OperationFigures operation : operations) {
            ObjectNode node = array.addObject();
            node.put("name", operation.name());
            counts(node, operation.counts());
            latencies(node.putObject("latency"), operation);
        }
    }

    private static void failures(ArrayNode array, List<FailureGroup> failures) {
        for (FailureGroup failure : failures) {
            ObjectNode node = array.addObject();
            node.put("operation", failure.operation());
            node.put("failure", failure.failure());
            node.put("phase", failure.phase());
            node.put("release", failure.release());
            node.put("count", failure.count());
            node.put("first", failure.first().toString());
        }
    }

    private static void logs(ArrayNode array, List<Facts.ReleaseLog> logs) {
        for (Facts.ReleaseLog log : logs) {
            ObjectNode node = array.addObject();
            node.put("release", log.release());
            strings(node.putArray("errors"), log.errors());
        }
    }

    private static void deployments(ArrayNode array, List<Facts.Outcome> deployments) {
        for (Facts.Outcome outcome : deployments) {
            ObjectNode node = array.addObject();
            node.put("service", outcome.service());
            node.put("expected", outcome.expected());
            node.put("ended", outcome.ended());
            node.put("reason", outcome.reason());
            node.put("took", millis(outcome.took()));
        }
    }

    private static void requirements(ArrayNode array, List<Requirement> requirements) {
        for (Requirement requirement : requirements) {
            ObjectNode node = array.addObject();
            node.put("check", requirement.check().name());
            node.put("title", requirement.check().title());
            node.put("result", requirement.result().name());
            node.put("decides", requirement.decides());
            node.put("sentence", requirement.sentence());
        }
    }

    private static void strings(ArrayNode array, List<String> strings) {
        strings.forEach(array::add);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
