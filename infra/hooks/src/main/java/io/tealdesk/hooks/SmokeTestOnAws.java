package io.tealdesk.hooks;

import io.tealdesk.hooks.SmokeTestHook.HookTest;
import io.tealdesk.hooks.SmokeTestSettings.Credentials;
import io.tealdesk.hooks.SmokeTestSettings.Patience;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The smoke test with what AWS knows: the function's settings, the synthetic customer, the load balancer. */
class SmokeTestOnAws implements HookTest {

    /** So that the test itself says in which step it ran out of time, before the hook says that it did. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> environment;
    private final Supplier<SecretsManagerClient> secrets;
    private final Supplier<Ec2Client> ec2;

    SmokeTestOnAws(Map<String, String> environment) {
        this(environment, SecretsManagerClient::create, Ec2Client::create);
    }

    SmokeTestOnAws(Map<String, String> environment, Supplier<SecretsManagerClient> secrets, Supplier<Ec2Client> ec2) {
        this.environment = Map.copyOf(environment);
        this.secrets = secrets;
        this.ec2 = ec2;
    }

    @Override
    public boolean hasPassed(String deploymentId, Duration budget) throws InterruptedException {
        var deadline = System.nanoTime() + budget.minus(LAST_WORD).toNanos();
        var url = URI.create(required("TEST_URL"));
        var production = environment.getOrDefault("PRODUCTION_URL", "");
        var addresses = addresses(environment.getOrDefault("LOAD_BALANCER_NAME", ""));
        var customer = customer(required("SYNTHETIC_CUSTOMER_SECRET"));
        var settings = new SmokeTestSettings(
                url,
                production.isBlank() ? null : URI.create(production),
                url.resolve("/actuator/health"),
                addresses,
                null,
                customer,
                Patience.USUAL.within(Duration.ofNanos(deadline - System.nanoTime())));
        var report = new SmokeTest(settings, deploymentId, step -> Log.line(deploymentId + " " + step)).run();
        if (report.hasPassed()) {
            Log.line(deploymentId + " " + report.summary());
        }
        return report.hasPassed();
    }

    private List<InetAddress> addresses(String loadBalancer) {
        if (loadBalancer.isBlank()) {
            return List.of();
        }
        try (var client = ec2.get()) {
            return new LoadBalancerAddresses(client).of(loadBalancer);
        }
    }

    private Credentials customer(String secretId) {
        try (var client = secrets.get()) {
            var value = JSON.readTree(
                    client.getSecretValue(request -> request.secretId(secretId)).secretString());
            var email = value.path("email").asString("");
            var password = value.path("password").asString("");
            if (email.isEmpty() || password.isEmpty()) {
                throw new CheckFailed("SYNTHETIC_CUSTOMER_SECRET lacks email or password");
            }
            return new Credentials(email, password);
        } catch (JacksonException e) {
            // Not as a cause: its message quotes the secret.
            throw new CheckFailed("SYNTHETIC_CUSTOMER_SECRET is not JSON");
        }
    }

    private String required(String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new CheckFailed("the function's setting " + name + " is missing");
        }
        return value;
    }
}
