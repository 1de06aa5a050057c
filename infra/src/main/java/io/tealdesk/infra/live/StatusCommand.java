package io.tealdesk.infra.live;

import io.tealdesk.infra.live.Deployment.Event;
import io.tealdesk.infra.live.LiveService.Rule;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who serves, and how far the last deployment of each service has come. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        version = "Tealdesk status",
        description = "Says which colour serves and how far the last deployment of each service is. Changes nothing.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  no deployment is running and the last ones succeeded",
            "  1  a deployment is running, or the last one did not succeed",
            "  2  called wrongly",
            "  3  cannot tell: AWS did not answer or refused"
        })
class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<stack>", description = "the service stack, such as tealdesk-staging-service")
    private String name = "";

    @Option(names = "--region", description = "AWS region; otherwise that of the profile or AWS_REGION")
    private @Nullable String region;

    @Option(names = "--endpoint-url", hidden = true, description = "another place than AWS, for tests")
    private @Nullable String endpoint;

    @Override
    public Integer call() {
        try (var aws = new Aws(region, endpoint)) {
            var stack = ServiceStack.find(aws.cloudFormation(), name)
                    .orElseThrow(() -> new IllegalStateException("there is no stack " + name + " in " + aws.region()));
            var live = new LiveServiceReader(aws.loadBalancer(), aws.ecs(), aws.codeDeploy());
            var deployments = new DeploymentReader(aws.codeDeploy());
            var isQuiet = true;
            for (var service : List.of("Backend", "Frontend")) {
                var deployment = deployments
                        .last(stack.output("CodeDeployApplication"), stack.output(service + "DeploymentGroup"))
                        .orElse(null);
                lines(live.read(stack, service), deployment, Clock.systemUTC().instant())
                        .forEach(out()::println);
                isQuiet &= deployment == null || deployment.status().equals("Succeeded");
            }
            return isQuiet ? 0 : 1;
        }
    }

    static List<String> lines(LiveService service, @Nullable Deployment deployment, Instant now) {
        var lines = new ArrayList<String>();
        var primary = service.primary();
        lines.add("%s: %s is primary, %d healthy task(s)"
                .formatted(
                        service.name(),
                        primary == null ? "nobody" : primary.parameterValue(),
                        service.primaryHealthyTargets()));
        service.rules().forEach(rule -> lines.add("  " + describe(service, rule)));
        if (deployment == null) {
            lines.add("  never deployed");
            return lines;
        }
        lines.add("  deployment %s of %s UTC: %s after %s"
                .formatted(
                        deployment.id(),
                        TIME.format(deployment.start()),
                        deployment.status(),
                        text(deployment.elapsed(now))));
        if (deployment.problem() != null) {
            lines.add("  " + deployment.problem());
        }
        deployment.events().forEach(event -> lines.add("    " + describe(event, now)));
        deployment
                .remainingWaits(now)
                .ifPresent(left -> lines.add(
                        "  waits still to come: %s (of %s while traffic shifts and %s before blue stops), so not before %s UTC"
                                .formatted(
                                        text(left),
                                        text(deployment.waits().shift()),
                                        text(deployment.waits().termination()),
                                        TIME.format(now.plus(left)))));
        return lines;
    }

    private static String describe(LiveService service, Rule rule) {
        return rule.listener().name().toLowerCase(Locale.ROOT) + " listener: "
                + rule.weights().entrySet().stream()
                        .map(entry -> entry.getValue() + " × "
                                + service.colorOf(entry.getKey())
                                        .map(Color::parameterValue)
                                        .orElse(entry.getKey()))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String describe(Event event, Instant now) {
        var line = "%-22s %s".formatted(event.name(), event.status());
        if (event.start() != null) {
            line += ", " + text(Duration.between(event.start(), event.end() == null ? now : event.end()));
        }
        return event.problem() == null || event.problem().isBlank() ? line : line + ": " + event.problem();
    }

    private static String text(Duration duration) {
        return duration.toMinutes() == 0
                ? duration.toSeconds() + " s"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
