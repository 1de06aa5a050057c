package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.resources;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The stacks among themselves, with the environments' parameters and with the script that deploys them. */
final class StackRules {

    private static final String DEPLOY_SCRIPT = "infra/deploy.sh";
    private static final Pattern ALIAS = Pattern.compile("(?:^|[:\\-\\[,{])\\s+([&*][A-Za-z]\\w*)(?:\\s|$|[,\\]}])");
    private static final Pattern LIST =
            Pattern.compile("\\b(?:(?:" + String.join("|", Stacks.ORDER) + ")(?: |\\b)){" + Stacks.ORDER.size() + "}");

    private StackRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "references-resolve",
                        "Each reference and import of a stack resolves, to a stack that is deployed before it",
                        StackRules::referencesResolve),
                new Rule(
                        "environment-parameters",
                        "An environment's file gives each stack the parameters that it needs and only those it has",
                        StackRules::parameters),
                new Rule(
                        "deploy-order",
                        "The deploy script knows all stacks and which of them are whose parents, parents first",
                        StackRules::deployOrder),
                new Rule(
                        "exports-named-after-stack",
                        "An export's name begins with its stack's name, so that two environments can share an account",
                        StackRules::exportNames),
                new Rule(
                        "plain-yaml",
                        "Templates use no YAML aliases, which CloudFormation does not read",
                        StackRules::plainYaml),
                new Rule(
                        "no-physical-role-names",
                        "Roles and policies have no name of their own: a second environment would not fit beside it",
                        StackRules::roleNames),
                new Rule("parameters-described", "Each parameter says what it is for", StackRules::parametersDescribed),
                new Rule(
                        "log-filters",
                        "A filter that counts lines of the backend's log looks for words that the backend writes",
                        StackRules::logFilters));
    }

    private static void referencesResolve(Delivery delivery, Findings findings) {
        for (String name : Stacks.ORDER) {
            if (!delivery.tree().has(Stacks.TEMPLATES + name + ".yaml")) {
                findings.add(
                        new Place(Stacks.TEMPLATES + name + ".yaml", 0), "the template is missing", "See Stacks.ORDER");
            }
        }
        for (Stacks environment : delivery.environmentsAndChoices()) {
            environment
                    .all()
                    .forEach(stack -> stack.problems()
                            .forEach(problem -> findings.add(
                                    problem.place(),
                                    problem.what() + " (" + environment.environment() + ")",
                                    "Known exports end in what the Outputs of the parent stacks say")));
        }
    }

    private static void parameters(Delivery delivery, Findings findings) {
        List<String> environments = Stacks.environments(delivery.tree());
        if (environments.isEmpty()) {
            findings.add(new Place(Stacks.TEMPLATES + "environments", 0), "no environment is described", "Add one");
        }
        for (String environment : environments) {
            Node file = delivery.tree().yaml(Stacks.environmentFile(environment));
            for (String key : file.get("Stacks").keys()) {
                if (!Stacks.ORDER.contains(key)) {
                    findings.add(file.get("Stacks").get(key), "there is no stack " + key, "Stacks are " + Stacks.ORDER);
                }
            }
            for (Stack stack : Stacks.of(delivery.tree(), environment).byName().values()) {
                Node declared = stack.template().get("Parameters");
                Set<String> given = Stacks.given(file, stack.name()).keySet();
                Stacks.given(file, stack.name()).forEach((name, value) -> {
                    if (!declared.has(name)) {
                        findings.add(
                                value,
                                "the stack " + stack.name() + " has no parameter " + name,
                                "Take it out or rename it");
                    } else {
                        allowed(declared.get(name), name, value, findings);
                    }
                });
                declared.entries().forEach((name, declaration) -> {
                    if (!declaration.has("Default") && !given.contains(name) && !filledByScript(delivery, name)) {
                        findings.add(
                                file.get("Stacks").get(stack.name()).isPresent()
                                        ? file.get("Stacks").get(stack.name())
                                        : file,
                                "gives the stack " + stack.name() + " no " + name + ", which has no default",
                                "Add it (" + declaration.get("Description") + ")");
                    }
                });
            }
        }
    }

    private static void allowed(Node declaration, String name, Node value, Findings findings) {
        // Left for the operator to fill in.
        if (value.text().startsWith("<")) {
            return;
        }
        List<String> values = declaration.get("AllowedValues").texts();
        if (!values.isEmpty() && !values.contains(value.text())) {
            findings.add(value, name + " is " + value, "Allowed are " + values);
        }
        Node pattern = declaration.get("AllowedPattern");
        if (pattern.isPresent() && !value.text().matches(pattern.text())) {
            findings.add(value, name + " is " + value + ", which does not match " + pattern, "Mend one of them");
        }
        int number = value.numberOr(Integer.MIN_VALUE);
        if (declaration.get("Type").is("Number")
                && (number < declaration.get("MinValue").numberOr(Integer.MIN_VALUE)
                        || number > declaration.get("MaxValue").numberOr(Integer.MAX_VALUE))) {
            findings.add(
                    value,
                    name + " is " + value,
                    "Between " + declaration.get("MinValue") + " and " + declaration.get("MaxValue"));
        }
    }

    /** The environment's name, the parents' names and what the script finds out or builds. */
    private static boolean filledByScript(Delivery delivery, String parameter) {
        boolean conventional = Stacks.CONVENTIONAL.contains(parameter);
        boolean known = delivery.tree().has(DEPLOY_SCRIPT)
                && Pattern.compile("\\b" + parameter + "\\b")
                        .matcher(delivery.tree().text(DEPLOY_SCRIPT))
                        .find();
        return conventional || known;
    }

    private static void deployOrder(Delivery delivery, Findings findings) {
        parents(delivery, findings);
        order(delivery, findings);
    }

    /** The script gives a template the names of the parents that it lists for it: [service]="network data". */
    private static void parents(Delivery delivery, Findings findings) {
        for (String name : Stacks.ORDER) {
            Matcher listed = Pattern.compile("\\[" + name + "]=\"([a-z ]*)\"")
                    .matcher(delivery.tree().text(DEPLOY_SCRIPT));
            String file = Stacks.TEMPLATES + name + ".yaml";
            if (!listed.find() || !delivery.tree().has(file)) {
                continue;
            }
            Set<String> given = Set.of(listed.group(1).strip().split("\\s+"));
            Node declared = delivery.tree().yaml(file).get("Parameters");
            for (String parent : Stacks.ORDER) {
                String parameter = Stacks.parentParameter(parent);
                if (declared.has(parameter) != given.contains(parent)) {
                    findings.add(
                            declared,
                            name + (declared.has(parameter) ? " has the parameter " : " has no parameter ") + parameter
                                    + ", but " + DEPLOY_SCRIPT
                                    + (given.contains(parent) ? " gives it" : " does not give it"),
                            "Mend the parents in " + DEPLOY_SCRIPT);
                }
            }
        }
    }

    private static void order(Delivery delivery, Findings findings) {
        List<String> lines = delivery.tree().lines(DEPLOY_SCRIPT);
        boolean listed = false;
        for (int number = 1; number <= lines.size(); number++) {
            Matcher list = LIST.matcher(lines.get(number - 1));
            if (list.find()) {
                List<String> named = List.of(list.group().split(" ", -1));
                listed = true;
                if (!named.equals(Stacks.ORDER)) {
                    findings.add(
                            new Place(DEPLOY_SCRIPT, number),
                            "deploys in the order " + named,
                            "Parents first: " + Stacks.ORDER);
                }
            }
        }
        if (!listed) {
            findings.add(
                    new Place(DEPLOY_SCRIPT, 0), "no line lists all stacks", "The order in one place: " + Stacks.ORDER);
        }
    }

    private static void exportNames(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            environment
                    .all()
                    .forEach(stack -> stack.outputs().forEach((id, output) -> {
                        Node name = output.at("Export/Name");
                        if (name.isPresent() && !name.text().startsWith(stack.stackName() + "-")) {
                            findings.add(
                                    name, "the export " + id + " is called " + name, "Begin with ${AWS::StackName}-");
                        }
                    }));
        }
    }

    private static void plainYaml(Delivery delivery, Findings findings) {
        for (String path : delivery.tree().paths(Stacks.TEMPLATES + "[^/]+\\.yaml")) {
            List<String> lines = delivery.tree().lines(path);
            for (int number = 1; number <= lines.size(); number++) {
                Matcher matcher = ALIAS.matcher(lines.get(number - 1).replaceAll("#.*|\"[^\"]*\"|'[^']*'", ""));
                if (matcher.find()) {
                    findings.add(
                            new Place(path, number),
                            "the YAML alias " + matcher.group(1),
                            "CloudFormation does not support them; write it out");
                }
            }
        }
    }

    private static void roleNames(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            environment
                    .all()
                    .flatMap(stack -> Stream.of("AWS::IAM::Role:RoleName", "AWS::IAM::ManagedPolicy:ManagedPolicyName")
                            .flatMap(kind -> resources(stack, kind.substring(0, kind.lastIndexOf(':')))
                                    .filter(resource ->
                                            resource.properties().has(kind.substring(kind.lastIndexOf(':') + 1)))))
                    .forEach(resource -> findings.add(
                            resource.node(), resource.id() + " has a name of its own", "Let CloudFormation name it"));
        }
    }

    private static void parametersDescribed(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            environment
                    .all()
                    .forEach(stack -> stack.template()
                            .get("Parameters")
                            .entries()
                            .forEach((name, declaration) -> {
                                if (declaration.get("Description").text().isBlank()) {
                                    findings.add(
                                            declaration, "the parameter " + name + " has no Description", "Add one");
                                }
                            }));
        }
    }

    private static void logFilters(Delivery delivery, Findings findings) {
        delivery.resources("AWS::Logs::MetricFilter").forEach(filter -> {
            Node pattern = filter.properties().get("FilterPattern");
            Matcher message =
                    Pattern.compile("\\$\\.message\\s*=\\s*\"([^\"]+)\"").matcher(pattern.text());
            while (message.find()) {
                for (String words : message.group(1).split("\\*", -1)) {
                    if (!delivery.backendVariables().mentions(words.strip())) {
                        findings.add(
                                pattern,
                                "no line of the backend's log says \"" + words.strip() + "\"",
                                "Follow the wording of the log statement");
                    }
                }
            }
        });
    }
}
