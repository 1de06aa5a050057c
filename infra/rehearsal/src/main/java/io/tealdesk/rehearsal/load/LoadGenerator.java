package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Begins operations as they arrive, each on a thread of its own, and never waits for one before it begins the next: a
 * desk that stalls gets the requests that people would have sent meanwhile, and each counts from when it was meant.
 */
public final class LoadGenerator {

    private final Arrivals arrivals;
    private final Mix mix;
    private final SplittableRandom random;
    private final InstantSource clock;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private volatile @Nullable Throwable firstBreak;
    private volatile boolean isStopped;
    private @Nullable Thread thread;

    public LoadGenerator(Arrivals arrivals, Mix mix, long seed, InstantSource clock) {
        this.arrivals = arrivals;
        this.mix = mix;
        this.random = new SplittableRandom(seed);
        this.clock = clock;
    }

    public void start() {
        thread = Thread.ofPlatform().name("arrivals").daemon().start(this::arrive);
    }

    private void arrive() {
        Instant begin = clock.instant();
        Instant intended = begin;
        try {
            while (!isStopped) {
                sleepUntil(intended);
                Operation operation = mix.pick(random);
                Instant moment = intended;
                hands.execute(() -> perform(operation, moment));
                begun.incrementAndGet();
                intended = intended.plus(
                        arrivals.pauseAfter(operation.requests(), Duration.between(begin, intended), random));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleepUntil(Instant moment) throws InterruptedException {
        long nanos = Duration.between(clock.instant(), moment).toNanos();
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    private void perform(Operation operation, Instant intended) {
        try {
            operation.perform(intended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A fault of the generator itself must not look like a desk without faults.
            broken.incrementAndGet();
            if (firstBreak == null) {
                firstBreak = new IllegalStateException(operation.name() + " broke", e);
            }
        }
    }

    /** Begins nothing more and waits for what is under way; what is not done by then is interrupted. */
    public void stop(Duration patience) throws InterruptedException {
        isStopped = true;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        hands.shutdown();
        if (!hands.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            hands.shutdownNow();
            hands.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    public long operations() {
        return begun.get();
    }

    /** Operations that ended by a fault of their own code. */
    public long broken() {
        return broken.get();
    }

    public @Nullable Throwable firstBreak() {
        return firstBreak;
    }
}
