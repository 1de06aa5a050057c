package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.refersTo;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions that CodeDeploy calls. */
final class HookRules {

    private static final int LAMBDA_TIMEOUT_MAX = 900;

    private HookRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "hooks-exist",
                        "Each hook of an application specification is a function of the service stack that may report"
                                + " and that CodeDeploy may call",
                        HookRules::hooks),
                new Rule(
                        "hook-environment",
                        "A function gets every variable that its code reads, and none that it does not",
                        HookRules::hookEnvironment),
                new Rule(
                        "smoke-test-address",
                        "The smoke test goes to the test listener, compares with the address that people use, and signs"
                                + " in as the customer whom the backend keeps for it",
                        HookRules::smokeTestAddress));
    }

    private static void hooks(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            for (Half half : Half.values()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                Rendering rendering = Rendering.of(delivery, environment, half);
                for (Node hook : rendering.appSpec().get("Hooks").items()) {
                    hook.entries().forEach((event, function) -> hook(deployment, event, function, findings));
                }
            }
        }
    }

    static void hook(BlueGreen deployment, String event, Node function, Findings findings) {
        List<Resource> functions = BlueGreen.resources(deployment.stack(), "AWS::Lambda::Function")
                .filter(each -> refersTo(function, each))
                .toList();
        if (functions.isEmpty()) {
            findings.add(
                    function,
                    "the hook " + event + " calls " + function + ", which is no function of the service stack",
                    "Fill it from the stack's output");
            return;
        }
        Resource lambda = functions.getFirst();
        int timeout = lambda.properties().get("Timeout").numberOr(3);
        if (timeout < 60 || timeout > LAMBDA_TIMEOUT_MAX) {
            findings.add(
                    lambda.node(),
                    "the function " + lambda.id() + " runs for at most " + timeout + " s",
                    "60 to 900: it has to try, and to report before it is ended");
        }
        Set<String> reporters =
                Permissions.rolesThatMay(deployment.stack(), "codedeploy:PutLifecycleEventHookExecutionStatus");
        if (reporters.stream()
                .noneMatch(role -> lambda.properties().get("Role").text().contains(role))) {
            findings.add(
                    lambda.node(),
                    "the role of " + lambda.id() + " may not report to CodeDeploy",
                    "Allow codedeploy:PutLifecycleEventHookExecutionStatus, or each deployment waits an hour and fails");
        }
        String callers =
                deployment.deploymentGroup().properties().get("ServiceRoleArn").text();
        boolean callable = Permissions.of(deployment.stack()).stream()
                .filter(permission -> callers.contains(permission.role()))
                .filter(permission -> permission.allows("lambda:InvokeFunction"))
                .flatMap(permission -> permission.resources().stream())
                .anyMatch(resource -> refersTo(resource, lambda)
                        || resource.text().contains(lambda.symbol())
                        || resource.text().contains(lambda.symbol("Arn"))
                        || resource.is("*"));
        if (!callable) {
            findings.add(
                    lambda.node(),
                    "CodeDeploy's role may not call " + lambda.id(),
                    "Allow lambda:InvokeFunction on it");
        }
    }

    private static void hookEnvironment(Delivery delivery, Findings findings) {
        Set<String> given = new TreeSet<>();
        delivery.resources("AWS::Lambda::Function").forEach(function -> {
            String handler = function.properties().get("Handler").text().replaceFirst("::.*", "");
            String path = "infra/hooks/src/main/java/" + handler.replace('.', '/') + ".java";
            if (!delivery.tree().has(path)) {
                findings.add(
                        function.properties().get("Handler"),
                        "there is no " + path + " for the handler of " + function.id(),
                        "Name a class of infra/hooks");
                return;
            }
            given.addAll(function.properties().at("Environment/Variables").keys());
        });
        StringBuilder sources = new StringBuilder();
        for (String path : delivery.tree().paths("infra/hooks/src/main/java/.*\\.java")) {
            String source = delivery.tree().text(path);
            sources.append(source);
            Matcher matcher = Pattern.compile("\\brequired\\(\\s*(?:\\w+,\\s*)?\"([A-Z][A-Z0-9_]+)\"")
                    .matcher(source);
            while (matcher.find()) {
                if (!given.contains(matcher.group(1)) && !matcher.group(1).startsWith("AWS_")) {
                    findings.add(
                            new Place(path, 0),
                            "reads " + matcher.group(1) + ", which no function in service.yaml is given",
                            "Add it to Environment.Variables there");
                }
            }
        }
        given.stream()
                .filter(name -> !name.startsWith("JAVA_") && !sources.toString().contains('"' + name + '"'))
                .forEach(name -> findings.add(
                        delivery.tree().yaml(Delivery.SERVICE_TEMPLATE).get("Resources"),
                        "no hook reads " + name + ", which a function is given",
                        "Take it out of Environment.Variables, or spell it as the code does"));
    }

    private static void smokeTestAddress(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery)
                .filter(deployment -> deployment.half() == Half.BACKEND)
                .forEach(deployment -> {
                    Rendering rendering = Rendering.of(delivery, deployment.environment(), Half.BACKEND);
                    Node told = rendering.container().get("environment");
                    BlueGreen.resources(deployment.stack(), "AWS::Lambda::Function")
                            .map(function -> function.properties().at("Environment/Variables"))
                            .filter(variables -> variables.has("TEST_URL"))
                            .forEach(variables -> {
                                leadsTo(deployment, variables.get("TEST_URL"), deployment.testListeners(), findings);
                                leadsTo(
                                        deployment,
                                        variables.get("PRODUCTION_URL"),
                                        deployment.productionListeners(),
                                        findings);
                                findings.unlessEqual(
                                        told.at("[name=TEALDESK_BASE_URL]/value"),
                                        "TEALDESK_BASE_URL of the backend",
                                        variables.get("PRODUCTION_URL").text(),
                                        "PRODUCTION_URL of the smoke test",
                                        "Both are the address that people type");
                                findings.unlessEqual(
                                        variables.get("SYNTHETIC_CUSTOMER_SECRET"),
                                        "SYNTHETIC_CUSTOMER_SECRET of the smoke test",
                                        told.at("[name=TEALDESK_SYNTHETIC_CUSTOMER_SECRET]/value")
                                                .text(),
                                        "the backend's",
                                        "Give both the same secret");
                            });
                });
    }

    private static void leadsTo(BlueGreen deployment, Node url, Node listeners, Findings findings) {
        Matcher address = Pattern.compile("(https?)://.*?(?::(\\d+))?/?").matcher(url.text());
        String scheme = address.matches() ? address.group(1) : "";
        boolean withPort = address.matches() && address.group(2) != null;
        String port = withPort ? address.group(2) : scheme.equals("https") ? "443" : "80";
        BlueGreen.resources(deployment.stack(), "AWS::ElasticLoadBalancingV2::Listener")
                .filter(listener -> listeners.texts().contains(listener.symbol()))
                .filter(listener -> !listener.properties().get("Port").is(port)
                        || !listener.properties().get("Protocol").is(scheme.toUpperCase(Locale.ROOT)))
                .forEach(listener -> findings.add(
                        url,
                        "goes to " + url + ", but " + listener.id() + " is "
                                + listener.properties().get("Protocol") + " on port "
                                + listener.properties().get("Port"),
                        "Write the listener's protocol and port"));
    }
}
