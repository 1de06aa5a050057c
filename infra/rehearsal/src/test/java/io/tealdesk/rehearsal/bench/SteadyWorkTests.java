package io.tealdesk.rehearsal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.bench.SteadyWork.Done;
import io.tealdesk.rehearsal.bench.SteadyWork.Work;
import io.tealdesk.rehearsal.load.SteadyClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SteadyWorkTests {

    private static final double PER_SECOND = 200;
    private static final int ENOUGH = 40;

    private final SteadyClock clock = new SteadyClock();
    private final CountDownLatch enough = new CountDownLatch(ENOUGH);

    @Test
    void isPlannedWithoutRegardToWhatStalls() throws InterruptedException {
        List<Done> done = done(_ -> new Work("stall", _ -> {
            enough.countDown();
            enough.await();
        }));

        assertThat(done).hasSizeGreaterThanOrEqualTo(ENOUGH);
        List<Instant> planned = done.stream().map(Done::planned).sorted().toList();
        for (int number = 1; number < planned.size(); number++) {
            assertThat(Duration.between(planned.get(number - 1), planned.get(number)))
                    .isEqualTo(Duration.ofMillis(5));
        }
        Duration longest =
                done.stream().map(Done::took).max(Duration::compareTo).orElseThrow();
        assertThat(longest).isGreaterThanOrEqualTo(Duration.ofMillis(5).multipliedBy(ENOUGH - 1));
    }

    @Test
    void tellsWhatFailed() throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        List<Done> done = done(_ -> {
            enough.countDown();
            return number.incrementAndGet() % 2 == 0
                    ? new Work("refused", _ -> {
                        throw new IOException("503");
                    })
                    : new Work("answered", _ -> {});
        });

        assertThat(done)
                .allSatisfy(each ->
                        assertThat(each.failure()).isEqualTo(each.operation().equals("refused") ? "503" : null));
        assertThat(done).extracting(Done::operation).contains("refused", "answered");
    }

    private List<Done> done(Function<RandomGenerator, Work> next) throws InterruptedException {
        try (SteadyWork work = SteadyWork.begin(next, PER_SECOND, 1, clock)) {
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            return work.end();
        }
    }
}
