package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who gets a request, as symbolic links that Nginx follows for each request anew. A change is the renaming of one link,
 * so it holds at once for all requests after it, and no connection notices; a reload would close them.
 *
 * <pre>
 * live/production/backend → weights/7       weights/7/{00…99} → groups/backend-blue or -green
 * groups/backend-blue     → shares/12       shares/12/{00…59} → targets/backend-blue-1, -2 …
 * </pre>
 */
final class RoutingTable {

    /** The target of a group without targets. */
    static final String NOWHERE = "nowhere";

    /** What requests go by that no rule matches; in the place of a service. */
    static final String NO_SERVICE = "none";

    static final int PERCENTS = 100;
    /** Divisible among one to six targets. */
    static final int SHARES = 60;

    private final Path directory;
    private int generation;

    RoutingTable(Path directory, List<Upstream> upstreams) throws IOException {
        this.directory = directory;
        for (String folder : List.of("groups", "faults/unavailable", "faults/error", "targets/" + NOWHERE)) {
            Files.createDirectories(directory.resolve(folder));
        }
        for (Upstream upstream : upstreams) {
            Files.createDirectories(directory.resolve("targets").resolve(upstream.name()));
        }
        point(directory.resolve("groups").resolve(NOWHERE), Path.of("..").resolve(shares(List.of(NOWHERE))));
        for (ServiceName service : ServiceName.values()) {
            for (Color color : Color.values()) {
                group(service, color, List.of());
            }
        }
        for (ListenerName listener : ListenerName.values()) {
            Files.createDirectories(live(listener, NO_SERVICE).getParent());
            point(live(listener, NO_SERVICE), Path.of("../..").resolve(weights(List.of(NOWHERE))));
            for (ServiceName service : ServiceName.values()) {
                weights(listener, service, Map.of(Color.BLUE, 100));
            }
        }
    }

    Path root() {
        return directory;
    }

    /** Divides a group's requests evenly. */
    synchronized void group(ServiceName service, Color color, List<String> targets) {
        Path shares = shares(targets.isEmpty() ? List.of(NOWHERE) : targets);
        point(
                directory.resolve("groups").resolve(service + "-" + color),
                Path.of("..").resolve(shares));
    }

    /** Divides a listener's requests for a service between the colours. */
    synchronized void weights(ListenerName listener, ServiceName service, Map<Color, Integer> weights) {
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        List<String> groups = new ArrayList<>();
        int before = 0;
        for (Color color : Color.values()) {
            before += weights.getOrDefault(color, 0);
            int upTo = sum == 0 ? 0 : Math.round((float) before * PERCENTS / sum);
            while (groups.size() < upTo) {
                groups.add(service + "-" + color);
            }
        }
        point(
                live(listener, service.toString()),
                Path.of("../..").resolve(weights(groups.isEmpty() ? List.of(NOWHERE) : groups)));
    }

    synchronized void fault(String target, DoorFault fault) {
        try {
            for (DoorFault kind : List.of(DoorFault.UNAVAILABLE, DoorFault.ERROR)) {
                Path flag = faults(kind).resolve(target);
                if (kind != fault) {
                    Files.deleteIfExists(flag);
                } else if (!Files.exists(flag)) {
                    Files.createFile(flag);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Path faults(DoorFault kind) {
        return directory.resolve("faults").resolve(kind.name().toLowerCase(Locale.ROOT));
    }

    private Path live(ListenerName listener, String service) {
        return directory
                .resolve("live")
                .resolve(listener.name().toLowerCase(Locale.ROOT))
                .resolve(service);
    }

    private Path shares(List<String> targets) {
        return links("shares", SHARES, "../../targets", targets);
    }

    private Path weights(List<String> groups) {
        return links("weights", PERCENTS, "../../groups", groups);
    }

    /** A new folder of numbered links, repeating the goals until all numbers have one. */
    private Path links(String kind, int count, String prefix, List<String> goals) {
        try {
            Path folder = Path.of(kind, String.valueOf(++generation));
            Files.createDirectories(directory.resolve(folder));
            for (int number = 0; number < count; number++) {
                Files.createSymbolicLink(
                        directory.resolve(folder).resolve("%02d".formatted(number)),
                        Path.of(prefix, goals.get(number % goals.size())));
            }
            return folder;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The old goal stays: a request may be on its way through it. */
    private static void point(Path link, Path goal) {
        try {
            Path made = Files.createSymbolicLink(link.resolveSibling(link.getFileName() + ".new"), goal);
            Files.move(made, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
