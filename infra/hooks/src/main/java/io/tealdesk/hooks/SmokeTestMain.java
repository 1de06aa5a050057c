package io.tealdesk.hooks;

import io.tealdesk.hooks.SmokeTestSettings.Credentials;
import io.tealdesk.hooks.SmokeTestSettings.Patience;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The smoke test from a terminal, against any desk: what compose and CI use. */
class SmokeTestMain {

    private static final String USAGE = """
            Usage: java -jar tealdesk-hooks.jar <url> [<health url>]
            Uses the desk at <url> as a customer would and says what it found, one line a step.
              <health url>        where it is not <url>/actuator/health
            Environment:
              CUSTOMER_EMAIL      a customer of that desk
              CUSTOMER_PASSWORD
              EXPECTED_RELEASE    fail unless X-Release says this (optional)
            Ends with 0 if every step passed, 1 if one failed, 2 if called wrongly.""";

    private SmokeTestMain() {}

    public static void main(String... arguments) throws InterruptedException {
        System.exit(run(arguments, System.getenv()));
    }

    static int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
        var email = environment.get("CUSTOMER_EMAIL");
        var password = environment.get("CUSTOMER_PASSWORD");
        if (arguments.length < 1 || arguments.length > 2 || email == null || password == null) {
            Log.line(USAGE);
            return 2;
        }
        var settings = settings(arguments, new Credentials(email, password), environment.get("EXPECTED_RELEASE"));
        var report = new SmokeTest(settings, UUID.randomUUID().toString(), step -> Log.line(step.toString())).run();
        if (report.hasPassed()) {
            Log.line(report.summary());
            return 0;
        }
        return 1;
    }

    private static SmokeTestSettings settings(String[] arguments, Credentials customer, @Nullable String release) {
        var url = URI.create(arguments[0]);
        var health = arguments.length == 2 ? URI.create(arguments[1]) : url.resolve("/actuator/health");
        return new SmokeTestSettings(url, null, health, List.of(), release, customer, Patience.USUAL);
    }
}
