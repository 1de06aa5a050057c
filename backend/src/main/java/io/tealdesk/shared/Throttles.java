package io.tealdesk.shared;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Limits on how often something may be tried. The buckets live in PostgreSQL, so that they hold across tasks. */
@Component
public class Throttles {

    private final ProxyManager<String> buckets;

    Throttles(DataSource dataSource) {
        buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("throttle")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
    }

    /**
     * Takes one try for the given subject, or refuses with 429 and Retry-After.
     *
     * @param subject an e-mail address, a client address or an id; stored as a hash only
     */
    public void take(Limit limit, String subject) {
        var probe = bucket(limit, subject).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            var seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
            throw new Problem(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-attempts",
                            "Too many attempts",
                            "Wait " + seconds + " seconds, then try again.")
                    .withHeader("Retry-After", Long.toString(seconds));
        }
    }

    /** Returns a try that turned out to be no attack, such as a sign-in with the right password. */
    public void giveBack(Limit limit, String subject) {
        bucket(limit, subject).addTokens(1);
    }

    private Bucket bucket(Limit limit, String subject) {
        var key = limit.name
                + ':'
                + HexFormat.of()
                        .formatHex(RandomToken.sha256(
                                subject.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
        return buckets.getProxy(key, limit::configuration);
    }

    /** So many tries at once, refilled evenly over the period. */
    public record Limit(String name, int tries, Duration period) {

        BucketConfiguration configuration() {
            return BucketConfiguration.builder()
                    .addLimit(Bandwidth.builder()
                            .capacity(tries)
                            .refillGreedy(tries, period)
                            .build())
                    .build();
        }
    }
}
