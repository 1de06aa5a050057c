package io.tealdesk.rehearsal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** benchmarks.md for people, and benchmarks.json for whoever compares. */
final class BenchReport {

    private static final double MEBIBYTE = 1024.0 * 1024;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final BenchSettings settings;
    private final Findings findings;
    private final @Nullable Findings small;
    private final StringBuilder text = new StringBuilder();

    private BenchReport(BenchSettings settings, Findings findings, @Nullable Findings small) {
        this.settings = settings;
        this.findings = findings;
        this.small = small;
    }

    static void write(
            Path folder,
            BenchSettings settings,
            String command,
            Instant at,
            Findings findings,
            @Nullable Findings small)
            throws IOException {
        Files.createDirectories(folder);
        BenchReport report = new BenchReport(settings, findings, small);
        Files.writeString(folder.resolve("benchmarks.md"), report.text(command, at));
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("at", at.toString());
        all.put("command", command);
        all.put("release", settings.release().label());
        all.put("machine", machine());
        all.put("findings", findings);
        all.put("tenth", small);
        JSON.writeValue(folder.resolve("benchmarks.json").toFile(), all);
    }

    private String text(String command, Instant at) throws IOException {
        line("# Benchmarks");
        line("");
        line("Measured %s with `%s`, on %s, Java %s, PostgreSQL %s, release %s."
                .formatted(
                        at,
                        command,
                        machine(),
                        Runtime.version(),
                        findings.server(),
                        settings.release().label()));
        line("");
        line(
                "Client, backend and database share the machine. Clients do one thing after the other without a pause; each");
        line("request is that of the browser application. The backend is one task with the options of its image.");
        line("");
        line("The desk has %,d tickets, %,d messages and %,d customers; it was loaded in %.0f s."
                .formatted(findings.tickets(), findings.messages(), findings.customers(), findings.loadSeconds()));
        line("One core took %.0f ms for a fixed piece of arithmetic before, %.0f ms afterwards (MachineSpeed)."
                .formatted(findings.speedBefore(), findings.speedAfter()));
        operations();
        growth();
        limits();
        profiles();
        live();
        if (findings.browser() != null) {
            BrowserReport.lines(findings.browser()).forEach(this::line);
        }
        weight();
        return text.toString();
    }

    private void operations() {
        for (int clients : settings.clients()) {
            line("");
            line("## %d client%s".formatted(clients, clients == 1 ? "" : "s"));
            line("");
            line("| operation | p50 ms | p95 ms | promised | p99 ms | a second | failed |");
            line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            for (Figures each : findings.figures()) {
                if (each.clients() == clients) {
                    line("| %s | %.1f | %.1f | %s | %.1f | %.0f | %d |"
                            .formatted(
                                    each.operation(),
                                    each.p50(),
                                    each.p95(),
                                    promised(each),
                                    each.p99(),
                                    each.perSecond(),
                                    each.failures()));
                }
            }
        }
    }

    /** What is not held stands out. */
    private static String promised(Figures figures) {
        Double promised = figures.promised();
        String text = promised == null ? "" : "< %.0f".formatted(promised);
        return figures.holds() ? text : "**" + (text.isEmpty() ? "none may fail" : text) + "**";
    }

    private void growth() {
        if (small == null) {
            return;
        }
        line("");
        line("## Growth from %,d to %,d tickets".formatted(small.tickets(), findings.tickets()));
        line("");
        line("At %d clients, by the median.".formatted(Bench.PROMISED_CLIENTS));
        line("");
        line("| operation | ms then | ms now | times |");
        line("| --- | ---: | ---: | ---: |");
        for (Figures before : small.figures()) {
            Figures after = findings.figures(before.operation(), before.clients());
            if (after != null) {
                line("| %s | %.1f | %.1f | %.2f |"
                        .formatted(before.operation(), before.p50(), after.p50(), after.p50() / before.p50()));
            }
        }
    }

    private void limits() {
        if (findings.limits().isEmpty()) {
            return;
        }
        line("");
        line("## Against PostgreSQL alone");
        line("");
        line(
                "pgbench with the statements that the desk sends for it, read from PostgreSQL's log, prepared, and with the");
        line("values of as many requests; in turns with the desk, the middle of three.");
        line("");
        line("| operation | clients | desk, a second | pgbench, a second | share | desk p50 ms | pgbench p50 ms |");
        line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (Findings.Limit each : findings.limits()) {
            line("| %s | %d | %.0f | %.0f | %.2f | %.1f | %.1f |"
                    .formatted(
                            each.operation(),
                            each.clients(),
                            each.desk().perSecond(),
                            each.alone().perSecond(),
                            each.share(),
                            each.desk().p50(),
                            each.alone().p50()));
        }
    }

    private void profiles() {
        findings.profiles().forEach((operation, shares) -> {
            line("");
            line("Where the backend's time goes for %s (Java Flight Recorder, percent of samples): %s."
                    .formatted(
                            operation,
                            shares.entrySet().stream()
                                    .filter(each -> each.getValue() >= 0.5)
                                    .sorted(Map.Entry.<String, Double>comparingByValue()
                                            .reversed())
                                    .map(each -> "%s %.0f".formatted(each.getKey(), each.getValue()))
                                    .collect(Collectors.joining(", "))));
        });
    }

    private void live() {
        LiveFanOut.Told live = findings.live();
        if (live == null) {
            return;
        }
        line("");
        line("## Live connections");
        line("");
        line(
                "%d connections, %d replies, each told to all who may know of it: %,d times told, %d times not. From sending"
                        .formatted(live.connections(), live.changes(), live.told(), live.untold()));
        line("the reply: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, at most %.0f ms."
                .formatted(live.p50(), live.p95(), live.p99(), live.max()));
    }

    private void weight() {
        line("");
        line("## Memory and disk");
        line("");
        line("Backend: %d MiB before, %d MiB at most. Database: %s."
                .formatted(
                        findings.memoryAtRest(),
                        findings.memoryPeak(),
                        findings.sizes().entrySet().stream()
                                .map(each -> "%s %,.0f MiB".formatted(each.getKey(), each.getValue() / MEBIBYTE))
                                .collect(Collectors.joining(", "))));
    }

    static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("an unnamed processor");
        String memory = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("[^0-9]", "");
        return "%d × %s, %.1f GiB"
                .formatted(Runtime.getRuntime().availableProcessors(), model, Long.parseLong(memory) / MEBIBYTE);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
