package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.world.Database;
import io.tealdesk.rehearsal.world.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What PostgreSQL does of an operation when nothing stands before it: the same statements, prepared, by pgbench. */
final class PgBench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    /** In its log, in microseconds. */
    private static final int LATENCY = 2;

    private final Database database;
    private final Path folder;

    PgBench(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    static boolean isThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "pgbench")));
    }

    /** @param runs each a script of its own, all drawn equally often */
    Figures run(String operation, List<List<SqlStatement>> runs, int clients, Duration length)
            throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(Files.createDirectories(folder), "pgbench");
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> command = new ArrayList<>(List.of(
                "pgbench",
                "--no-vacuum",
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=" + database.superuser().name(),
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(2, clients),
                "--time=" + Math.max(1, length.toSeconds()),
                "--log"));
        for (int run = 0; run < runs.size(); run++) {
            StringBuilder script = new StringBuilder();
            for (int number = 0; number < runs.get(run).size(); number++) {
                String prefix = "r%ds%dp".formatted(run, number);
                script.append(runs.get(run).get(number).script(prefix, variables))
                        .append('\n');
            }
            Path file = place.resolve("run-" + run + ".sql");
            Files.writeString(file, script);
            command.add("--file=" + file);
        }
        variables.forEach((name, value) -> command.add("--define=" + name + "=" + value));
        command.add(Database.NAME);
        Login login = database.superuser();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", login.password());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(said);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IOException("pgbench failed for " + operation + ": " + said);
        }
        Latencies latencies = Latencies.ofNanos(List.of(latencies(place)));
        return new Figures(
                operation,
                clients,
                latencies.count(),
                Double.parseDouble(rate.group(1)),
                latencies.milliseconds(50),
                latencies.milliseconds(95),
                latencies.milliseconds(99),
                0,
                null,
                null);
    }

    private static long[] latencies(Path place) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(place)) {
            logs = files.filter(file -> file.getFileName().toString().startsWith("pgbench_log"))
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (Path log : logs) {
            lines.addAll(Files.readAllLines(log));
        }
        return lines.stream()
                .mapToLong(line -> 1_000 * Long.parseLong(line.split(" ", -1)[LATENCY]))
                .toArray();
    }
}
