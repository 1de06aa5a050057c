package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time: what a task does at its end, and how long connections are kept. */
final class LifetimeRules {

    private static final int FARGATE_STOP_TIMEOUT_MAX = 120;

    private static final int STOP_TIMEOUT_DEFAULT = 30;

    private static final Duration LOAD_BALANCER_IDLE_DEFAULT = Duration.ofSeconds(60);

    private LifetimeRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "stop-in-time",
                        "What a task does after SIGTERM fits into its stop timeout",
                        LifetimeRules::stopInTime),
                new Rule(
                        "keep-alive",
                        "A program keeps an idle connection longer than the load balancer does",
                        LifetimeRules::keepAlive));
    }

    private static void stopInTime(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node timeout = delivery.container(half).get("stopTimeout");
            int seconds = timeout.numberOr(STOP_TIMEOUT_DEFAULT);
            if (seconds > FARGATE_STOP_TIMEOUT_MAX) {
                findings.add(timeout, "stopTimeout is " + seconds + " s", "Fargate waits 120 s at most");
            }
        }
        Duration grace = duration(delivery, "spring.lifecycle.timeout-per-shutdown-phase", Duration.ofSeconds(30));
        Duration delay = delivery.production().byKey().entrySet().stream()
                .filter(setting -> setting.getKey().matches("tealdesk\\..*(shutdown|stop).*delay.*"))
                .map(setting -> seconds(setting.getValue().text()))
                .findFirst()
                .orElse(Duration.ZERO);
        Node timeout = delivery.container(Half.BACKEND).get("stopTimeout");
        int seconds = timeout.numberOr(STOP_TIMEOUT_DEFAULT);
        Duration jobs = duration(delivery, "db-scheduler.shutdown-max-wait", Duration.ZERO);
        if (delay.plus(grace).plus(jobs).toSeconds() >= seconds) {
            findings.add(
                    timeout.isPresent() ? timeout : delivery.container(Half.BACKEND),
                    "stopTimeout is " + seconds + " s, but the backend goes on serving for " + delay.toSeconds()
                            + " s and then takes up to " + grace.plus(jobs).toSeconds()
                            + " s to finish what it has begun",
                    "Raise stopTimeout above their sum, or lower them");
        }
        delivery.production()
                .get("server.shutdown")
                .filter(mode -> mode.is("immediate"))
                .ifPresent(mode -> findings.add(
                        mode,
                        "the backend drops what it is working on when it is stopped",
                        "Use server.shutdown: graceful"));
        Dockerfile frontend = delivery.dockerfile(Half.FRONTEND);
        boolean quits = frontend.effective("STOPSIGNAL")
                .filter(signal -> signal.arguments().matches("SIGQUIT|3"))
                .isPresent();
        if (!quits) {
            findings.add(
                    frontend.runtime().place(),
                    "Nginx is stopped by SIGTERM, which cuts the answers it is giving",
                    "Write STOPSIGNAL SIGQUIT");
        }
        Node container = delivery.container(Half.FRONTEND);
        Node stopTimeout = container.get("stopTimeout");
        int frontendTimeout = stopTimeout.numberOr(STOP_TIMEOUT_DEFAULT);
        delivery.nginx().first("worker_shutdown_timeout").ifPresent(directive -> {
            long drains = seconds(directive.argument(0)).toSeconds();
            if (drains >= frontendTimeout) {
                findings.add(
                        stopTimeout.isPresent() ? stopTimeout : container,
                        "stopTimeout is " + frontendTimeout + " s, but worker_shutdown_timeout is " + drains + " s ("
                                + directive.place() + "): Nginx would be killed amid its last answers",
                        "Raise stopTimeout above it, or lower worker_shutdown_timeout");
            }
        });
        for (Half half : Half.values()) {
            Dockerfile dockerfile = delivery.dockerfile(half);
            List.of("ENTRYPOINT", "CMD")
                    .forEach(name -> dockerfile.effective(name).ifPresent(instruction -> {
                        if (instruction.execForm().isEmpty()) {
                            findings.add(
                                    instruction.place(),
                                    name + " runs a shell, which keeps the stop signal to itself",
                                    "Write it as a list: [\"program\", \"argument\"]");
                        }
                    }));
        }
    }

    private static Duration duration(Delivery delivery, String key, Duration otherwise) {
        return delivery.production()
                .get(key)
                .map(value -> seconds(value.text()))
                .orElse(otherwise);
    }

    /** As Spring and Nginx write them: 75s, 500ms, 2m, 65. A variable's default counts. */
    static Duration seconds(String text) {
        Matcher variable = Pattern.compile("\\$\\{[^:}]+:([^}]*)}").matcher(text);
        String plain = variable.matches() ? variable.group(1) : text;
        Matcher matcher = Pattern.compile("(\\d+)(ms|s|m)?").matcher(plain.strip());
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static void keepAlive(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            environment
                    .stack("service")
                    .resources("AWS::ElasticLoadBalancingV2::LoadBalancer")
                    .values()
                    .forEach(balancer -> {
                        Node configured = balancer.at(
                                "Properties/LoadBalancerAttributes/[Key=idle_timeout.timeout_seconds]/Value");
                        Duration idle =
                                configured.isPresent() ? seconds(configured.text()) : LOAD_BALANCER_IDLE_DEFAULT;
                        Duration tomcat =
                                duration(delivery, "server.tomcat.keep-alive-timeout", Duration.ofSeconds(60));
                        if (tomcat.compareTo(idle) <= 0) {
                            findings.add(
                                    configured.isPresent() ? configured.place() : balancer.place(),
                                    "the load balancer keeps an idle connection for " + idle.toSeconds()
                                            + " s, but the backend closes it after " + tomcat.toSeconds() + " s"
                                            + delivery.production()
                                                    .get("server.tomcat.keep-alive-timeout")
                                                    .map(setting -> " (" + setting.place() + ")")
                                                    .orElse(""),
                                    "Raise server.tomcat.keep-alive-timeout above it, or requests meet a closed connection");
                        }
                        Duration nginx = delivery.nginx()
                                .first("keepalive_timeout")
                                .map(directive -> seconds(directive.argument(0)))
                                .orElse(Duration.ofSeconds(75));
                        if (nginx.compareTo(idle) <= 0) {
                            findings.add(
                                    configured.isPresent() ? configured.place() : balancer.place(),
                                    "the load balancer keeps an idle connection for " + idle.toSeconds()
                                            + " s, but Nginx closes it after " + nginx.toSeconds() + " s"
                                            + delivery.nginx()
                                                    .first("keepalive_timeout")
                                                    .map(directive -> " (" + directive.place() + ")")
                                                    .orElse(""),
                                    "Raise keepalive_timeout above it, or requests meet a closed connection");
                        }
                    });
        }
    }
}
