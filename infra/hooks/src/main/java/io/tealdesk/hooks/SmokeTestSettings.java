package io.tealdesk.hooks;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is tested, and with what patience.
 *
 * @param url where the new release answers, such as the test listener; without a path
 * @param productionUrl where the running release answers, so that the new one is told from it; null if there is none
 * @param healthUrl the health endpoint that has the database in it
 * @param addresses where the host of these is to be found; empty to ask the resolver
 * @param release what the new release calls itself in {@code X-Release}; null if that is not known
 */
public record SmokeTestSettings(
        URI url,
        @Nullable URI productionUrl,
        URI healthUrl,
        List<InetAddress> addresses,
        @Nullable String release,
        Credentials customer,
        Patience patience) {

    public SmokeTestSettings {
        addresses = List.copyOf(addresses);
    }

    /** A desk that stands alone. */
    public static SmokeTestSettings of(URI url, Credentials customer) {
        return new SmokeTestSettings(
                url, null, url.resolve("/actuator/health"), List.of(), null, customer, Patience.USUAL);
    }

    /** The synthetic customer's sign-in. */
    public record Credentials(String email, String password) {

        /** Without the password: records are easily logged. */
        @Override
        public String toString() {
            return "Credentials[email=" + email + ']';
        }
    }

    /**
     * How long things may take.
     *
     * @param settling until test traffic has arrived at the new release
     * @param request until a connection stands, and between two packets of an answer
     * @param retryPause between two tries of the same request
     * @param warmUp for which at most the new release is used so that it gets fast; zero to leave that out
     * @param budget for everything
     */
    public record Patience(Duration settling, Duration request, Duration retryPause, Duration warmUp, Duration budget) {

        public static final Patience USUAL = new Patience(
                Duration.ofSeconds(45),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofMinutes(3));

        /** The same, with no more time than is left. */
        public Patience within(Duration left) {
            return left.compareTo(budget) < 0 ? new Patience(settling, request, retryPause, warmUp, left) : this;
        }
    }
}
