package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.world.Task.ContainerHealth;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Listens to what the engine finds of its containers' health: asking it again and again would cost more than the check. */
final class ContainerEvents implements AutoCloseable {

    private static final String HEALTH = "health_status: ";

    private final Map<String, ContainerHealth> health = new ConcurrentHashMap<>();
    private final Process events;

    ContainerEvents(String label) throws IOException {
        events = new ProcessBuilder(
                        "docker",
                        "events",
                        "--filter=label=" + label,
                        "--filter=event=health_status",
                        "--format={{.Actor.Attributes.name}} {{.Status}}")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread.ofVirtual().name("container events").start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = events.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                if (words.length == 2 && words[1].startsWith(HEALTH)) {
                    String found = words[1].substring(HEALTH.length()).toUpperCase(Locale.ROOT);
                    health.put(words[0], ContainerHealth.valueOf(found));
                }
            }
        } catch (IOException closed) {
            // Then nobody asks any more.
        }
    }

    ContainerHealth of(String container) {
        return health.getOrDefault(container, ContainerHealth.STARTING);
    }

    @Override
    public void close() {
        events.destroy();
    }
}
