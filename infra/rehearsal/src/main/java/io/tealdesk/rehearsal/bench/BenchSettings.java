package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.releases.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and how long.
 *
 * @param directory everything that is made on the way lies below
 * @param only beginnings of operations' names; none for all
 * @param growth whether a desk of a tenth is measured as well
 * @param live how many live connections; 0 for none
 * @param keep whether a loaded desk is kept for the next time, and taken where one is
 * @param browser whether a browser can come as well: the release has a site, and there is Nginx
 */
public record BenchSettings(
        Path root,
        Path directory,
        Release release,
        int tickets,
        long seed,
        List<String> only,
        List<Integer> clients,
        Duration length,
        boolean growth,
        boolean limit,
        int live,
        boolean keep,
        boolean browser) {

    public BenchSettings {
        only = List.copyOf(only);
        clients = List.copyOf(clients);
    }

    boolean isWanted(String operation) {
        return only.isEmpty() || only.stream().anyMatch(operation::startsWith);
    }
}
