package io.tealdesk.rehearsal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the backend's CPU time goes, by Java Flight Recorder: shares of samples by the innermost part that is known. */
final class Profile {

    private static final String REST = "the JDK and others";
    /** From the inside out: the first that is found on the way up has the sample. */
    private static final Map<String, List<String>> PARTS = parts();

    private final long process;
    private final Path file;

    Profile(long process, Path file) {
        this.process = process;
        this.file = file;
    }

    private static Map<String, List<String>> parts() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("PostgreSQL's driver", List.of("org.postgresql."));
        parts.put("connection pool", List.of("com.zaxxer."));
        parts.put("JSON", List.of("tools.jackson.", "com.fasterxml."));
        parts.put("tokens and security", List.of("com.nimbusds.", "org.springframework.security."));
        parts.put("JPA", List.of("org.hibernate.", "org.springframework.data."));
        parts.put(
                "Spring's JDBC and transactions",
                List.of("org.springframework.jdbc.", "org.springframework.transaction.", "org.springframework.orm."));
        parts.put("metrics", List.of("io.micrometer."));
        parts.put("Spring MVC", List.of("org.springframework.web.", "org.springframework."));
        parts.put("the desk's own code", List.of("io.tealdesk."));
        parts.put("Tomcat", List.of("org.apache."));
        return parts;
    }

    void start() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=bench", "settings=profile");
    }

    /** Shares in percent of all samples, of the part's name. */
    Map<String, Double> stop() throws IOException, InterruptedException {
        jcmd("JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
        Map<String, Integer> counts = new LinkedHashMap<>();
        PARTS.keySet().forEach(part -> counts.put(part, 0));
        counts.put(REST, 0);
        int all = 0;
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    counts.merge(part(event.getStackTrace().getFrames()), 1, Integer::sum);
                    all++;
                }
            }
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (var each : counts.entrySet()) {
            shares.put(each.getKey(), 100.0 * each.getValue() / Math.max(all, 1));
        }
        return shares;
    }

    private static String part(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String name = frame.getMethod().getType().getName();
            for (var part : PARTS.entrySet()) {
                if (part.getValue().stream().anyMatch(name::startsWith)) {
                    return part.getKey();
                }
            }
        }
        return REST;
    }

    private void jcmd(String... order) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process)));
        command.addAll(List.of(order));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(order[0] + " failed: " + said);
        }
    }
}
