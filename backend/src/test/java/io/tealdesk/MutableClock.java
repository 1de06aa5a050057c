package io.tealdesk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The real time, until a test moves or stops it. */
public class MutableClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Instant stopped;

    public void advance(Duration by) {
        var stoppedAt = stopped;
        if (stoppedAt == null) {
            ahead = ahead.plus(by);
        } else {
            stopped = stoppedAt.plus(by);
        }
    }

    public void stopAt(Instant instant) {
        stopped = instant.truncatedTo(ChronoUnit.MICROS);
    }

    void reset() {
        ahead = Duration.ZERO;
        stopped = null;
    }

    @Override
    public Instant instant() {
        var stoppedAt = stopped;
        return stoppedAt != null
                ? stoppedAt
                : Clock.systemUTC().instant().plus(ahead).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Tealdesk reckons in UTC");
    }
}
