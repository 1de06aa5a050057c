package io.tealdesk.rehearsal.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * People who do something at a constant rate, whatever becomes of what they did before. What something takes counts from
 * when it was planned: a desk that stalls cannot hide it.
 */
final class SteadyWork implements AutoCloseable {

    /** Something that somebody does once. */
    record Work(String operation, Attempt attempt) {}

    interface Attempt {
        void make(RandomGenerator random) throws IOException, InterruptedException;
    }

    /** @param failure of the request that was not answered as asked; null when all were */
    record Done(
            String operation,
            Instant planned,
            Duration took,
            @Nullable String failure) {}

    private final Function<RandomGenerator, Work> next;
    private final Duration every;
    private final InstantSource clock;
    private final SplittableRandom random;
    private final Collection<Done> done = new ConcurrentLinkedQueue<>();
    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread planner = Thread.ofPlatform().name("steady work").unstarted(this::plan);
    private volatile boolean ends;

    private SteadyWork(Function<RandomGenerator, Work> next, double perSecond, long seed, InstantSource clock) {
        this.next = next;
        this.every = Duration.ofNanos(Math.round(1e9 / perSecond));
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /** @param next what is done next, and by whom; called by one thread */
    static SteadyWork begin(Function<RandomGenerator, Work> next, double perSecond, long seed, InstantSource clock) {
        SteadyWork begun = new SteadyWork(next, perSecond, seed, clock);
        begun.planner.start();
        return begun;
    }

    private void plan() {
        Instant planned = clock.instant();
        while (!ends) {
            Duration early = Duration.between(clock.instant(), planned);
            if (early.isPositive()) {
                try {
                    Thread.sleep(early);
                } catch (InterruptedException ended) {
                    return;
                }
            }
            Instant now = planned;
            Work work = next.apply(random);
            SplittableRandom own = random.split();
            running.execute(() -> run(work, own, now));
            planned = planned.plus(every);
        }
    }

    private void run(Work work, RandomGenerator own, Instant planned) {
        String failure = null;
        try {
            work.attempt().make(own);
        } catch (IOException refused) {
            failure = String.valueOf(refused.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException unreadable) {
            failure = unreadable.toString();
        }
        done.add(new Done(work.operation(), planned, Duration.between(planned, clock.instant()), failure));
    }

    /** Lets what is under way come to its end. */
    List<Done> end() throws InterruptedException {
        ends = true;
        planner.interrupt();
        planner.join();
        running.close();
        return List.copyOf(done);
    }

    @Override
    public void close() {
        ends = true;
        planner.interrupt();
        running.shutdownNow();
    }
}
