package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many live connections on one task, and how long a reply takes, from being sent, to be told on each that may know. */
final class LiveFanOut {

    private static final Pattern MESSAGE = Pattern.compile("\"message\":\\s*(\\d+)");
    private static final Duration OPEN_WITHIN = Duration.ofMinutes(2);
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final List<Caller> agents;
    private final Stock stock;
    private final Map<Long, Queue<Long>> arrivals = new ConcurrentHashMap<>();

    LiveFanOut(List<Caller> agents, Stock stock) {
        this.agents = agents;
        this.stock = stock;
    }

    /** @param untold how often a connection was not told in time */
    record Told(int connections, int changes, long told, long untold, double p50, double p95, double p99, double max) {}

    private record Sent(long at, int expected) {}

    /** The connections end with their client's connections. */
    Told run(int connections, int changes) throws IOException, InterruptedException {
        var open = new CountDownLatch(connections);
        Map<UUID, Integer> connectionsOf = new ConcurrentHashMap<>();
        for (int number = 0; number < connections; number++) {
            Caller agent = agents.get(number % agents.size());
            connectionsOf.merge(agent.id(), 1, Integer::sum);
            Thread.ofVirtual().start(() -> listen(agent, open));
        }
        if (!open.await(OPEN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("%d of %d live connections do not open".formatted(open.getCount(), connections));
        }
        Map<Long, Sent> sent = change(changes, connectionsOf);
        long latest = System.nanoTime() + TOLD_WITHIN.toNanos();
        while (untold(sent) > 0 && System.nanoTime() < latest) {
            Thread.sleep(50);
        }
        return told(connections, sent);
    }

    private void listen(Caller agent, CountDownLatch open) {
        try {
            agent.listen(line -> {
                long now = System.nanoTime();
                if (line.equals("event: hello")) {
                    open.countDown();
                }
                Matcher message = MESSAGE.matcher(line);
                if (message.find()) {
                    arrivals.computeIfAbsent(Long.valueOf(message.group(1)), _ -> new ConcurrentLinkedQueue<>())
                            .add(now);
                }
            });
        } catch (IOException ended) {
            // As all do when this is over; one that ended before is missed below.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<Long, Sent> change(int changes, Map<UUID, Integer> connectionsOf)
            throws IOException, InterruptedException {
        Map<Long, Sent> sent = new ConcurrentHashMap<>();
        var random = new SplittableRandom(changes);
        for (int change = 0; change < changes; change++) {
            Caller agent = agents.get(change % agents.size());
            long ticket = stock.ticketOf(agent, random);
            Set<UUID> readers = stock.agentsOf(ticket);
            int expected = readers.stream()
                    .mapToInt(each -> connectionsOf.getOrDefault(each, 0))
                    .sum();
            long at = System.nanoTime();
            sent.put(Reply.reply(agent, ticket), new Sent(at, expected));
            Thread.sleep(PAUSE);
        }
        return sent;
    }

    private long untold(Map<Long, Sent> sent) {
        return sent.entrySet().stream()
                .mapToLong(each -> Math.max(
                        0, each.getValue().expected() - told(each.getKey()).size()))
                .sum();
    }

    private Queue<Long> told(long message) {
        return arrivals.getOrDefault(message, new ConcurrentLinkedQueue<>());
    }

    private Told told(int connections, Map<Long, Sent> sent) {
        List<long[]> delays = new ArrayList<>();
        sent.forEach((message, begin) -> delays.add(
                told(message).stream().mapToLong(at -> at - begin.at()).toArray()));
        Latencies all = Latencies.ofNanos(delays);
        return new Told(
                connections,
                sent.size(),
                all.count(),
                untold(sent),
                all.milliseconds(50),
                all.milliseconds(95),
                all.milliseconds(99),
                all.milliseconds(100));
    }
}
