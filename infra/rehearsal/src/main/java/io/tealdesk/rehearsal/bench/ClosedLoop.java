package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Clients who do one thing again and again, each the next as soon as the last is done. */
final class ClosedLoop {

    private static final int FIRST_ROOM = 4_096;

    private final List<Caller> agents;
    private final long seed;

    ClosedLoop(List<Caller> agents, long seed) {
        this.agents = agents;
        this.seed = seed;
    }

    /** What begins within the warm-up is not counted. */
    Figures run(Operation operation, int clients, Duration warmUp, Duration length) throws InterruptedException {
        var failures = new LongAdder();
        var failure = new AtomicReference<String>();
        long counted = System.nanoTime() + warmUp.toNanos();
        long end = counted + length.toNanos();
        List<long[]> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<long[]>> running = new ArrayList<>();
            var random = new SplittableRandom(seed);
            for (int client = 0; client < clients; client++) {
                Caller agent = agents.get(client % agents.size());
                SplittableRandom own = random.split();
                running.add(threads.submit(() -> {
                    long[] nanos = new long[FIRST_ROOM];
                    int count = 0;
                    for (long now; (now = System.nanoTime()) < end; ) {
                        try {
                            operation.run(agent, own);
                        } catch (IOException refused) {
                            failures.increment();
                            failure.compareAndSet(null, refused.getMessage());
                            continue;
                        }
                        if (now >= counted) {
                            if (count == nanos.length) {
                                nanos = Arrays.copyOf(nanos, 2 * count);
                            }
                            nanos[count++] = System.nanoTime() - now;
                        }
                    }
                    return Arrays.copyOf(nanos, count);
                }));
            }
            for (Future<long[]> each : running) {
                taken.add(each.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException(operation.name() + " broke: " + broken.getCause(), broken);
        }
        // The last ones end after the end: what they took is time, too.
        Duration lasted = Duration.ofNanos(System.nanoTime() - counted);
        return Figures.of(operation, clients, Latencies.ofNanos(taken), lasted, failures.sum(), failure.get());
    }
}
