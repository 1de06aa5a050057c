package io.tealdesk.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadGeneratorTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** @param latch counts what is done */
    private record Look(Wire wire, CountDownLatch latch) implements Operation {

        @Override
        public String name() {
            return "look";
        }

        @Override
        public int requests() {
            return 1;
        }

        @Override
        public void perform(Instant intended) {
            wire.send(Call.get("look", "/look"), 1, intended, "198.18.0.1", null, null);
            latch.countDown();
        }
    }

    @Test
    void aDeskThatStallsIsSentWhatPeopleWouldHaveSent() throws Exception {
        try (var desk = new SmallDesk();
                var wire = desk.wire(PATIENCE)) {
            Instant begin = desk.clock.instant();
            Instant stall = begin.plusMillis(1_000);
            Instant end = begin.plusMillis(3_000);
            desk.on("/look", exchange -> {
                Instant now = desk.clock.instant();
                if (now.isAfter(stall)) {
                    waitUntil(end, now);
                }
                SmallDesk.answer(exchange, 200, "{}");
            });
            var done = new CountDownLatch(400);
            var generator = new LoadGenerator(
                    new Arrivals(100, Arrivals.Spacing.EVEN),
                    new Mix(List.of(new Mix.Share(new Look(wire, done), 1))),
                    1,
                    desk.clock);

            generator.start();
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            generator.stop(PATIENCE);

            List<RequestRecord> stalled = desk.records.stream()
                    .filter(request -> request.intended().isAfter(stall)
                            && request.intended().isBefore(end))
                    .toList();
            assertThat(stalled).as("the rate is kept").hasSizeBetween(150, 202);
            assertThat(stalled)
                    .allSatisfy(request -> assertThat(request.intended().plus(request.latency()))
                            .as("each waited to the end of the stall")
                            .isAfterOrEqualTo(end.minusMillis(20)));
            assertThat(percentile99(desk.records)).isGreaterThan(Duration.ofMillis(1_900));
            assertThat(generator.broken()).isZero();
        }
    }

    private static void waitUntil(Instant end, Instant now) {
        try {
            new CountDownLatch(1).await(Duration.between(now, end).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration percentile99(List<RequestRecord> records) {
        List<Duration> latencies =
                records.stream().map(RequestRecord::latency).sorted().toList();
        return latencies.get((int) (latencies.size() * 0.99) - 1);
    }

    @Test
    void strangersComeAtTheRateThatWasAskedFor() {
        var arrivals = new Arrivals(200, Arrivals.Spacing.POISSON);
        var random = new SplittableRandom(7);
        double seconds = 0;
        for (int count = 0; count < 20_000; count++) {
            seconds += arrivals.pauseAfter(count % 3, Duration.ZERO, random).toNanos() / 1e9;
        }
        // An operation of two requests takes two places, one of none takes none.
        assertThat(seconds).isCloseTo(20_000 / 200.0, within(3.0));
    }

    @Test
    void aMorningBeginsSlowly() {
        var arrivals = new Arrivals(100, Arrivals.Spacing.EVEN, Duration.ofSeconds(10));
        var random = new SplittableRandom(7);
        assertThat(arrivals.pauseAfter(1, Duration.ZERO, random)).isEqualTo(Duration.ofMillis(100));
        assertThat(arrivals.pauseAfter(1, Duration.ofSeconds(10), random)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aFaultOfAnOperationIsSeen() throws Exception {
        var begun = new CountDownLatch(3);
        Operation broken = new Operation() {
            @Override
            public String name() {
                return "stumble";
            }

            @Override
            public int requests() {
                return 1;
            }

            @Override
            public void perform(Instant intended) {
                begun.countDown();
                throw new IllegalStateException("over my own feet");
            }
        };
        var generator = new LoadGenerator(
                new Arrivals(100, Arrivals.Spacing.EVEN),
                new Mix(List.of(new Mix.Share(broken, 1))),
                1,
                new SteadyClock());
        generator.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        generator.stop(PATIENCE);
        assertThat(generator.broken()).isGreaterThanOrEqualTo(3);
        assertThat(generator.firstBreak()).hasMessage("stumble broke").hasRootCauseMessage("over my own feet");
    }
}
