package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.resources;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may do what, and that nothing secret is written down. */
final class AccessRules {

    /**
     * Actions that take no resource, by AWS's Service Authorization Reference, each with what it lets somebody do at
     * worst.
     */
    static final Map<String, String> ONLY_ON_EVERYTHING = Map.ofEntries(
            Map.entry("ecr:GetAuthorizationToken", "signs in to the registry; pulling is allowed by repository"),
            Map.entry("ecs:RegisterTaskDefinition", "has no ARN before it exists; its roles are limited by PassRole"),
            Map.entry("ecs:DescribeTaskDefinition", "reads what taskdef.json says"),
            Map.entry("ecs:DeregisterTaskDefinition", "takes a revision off the list, not off a running task"),
            Map.entry("ecs:CreateTaskSet", "takes no ARN; narrowed by the condition ecs:cluster"),
            Map.entry("elasticloadbalancing:DescribeTargetGroups", "reads"),
            Map.entry("elasticloadbalancing:DescribeListeners", "reads"),
            Map.entry("elasticloadbalancing:DescribeRules", "reads"),
            Map.entry("ec2:DescribeNetworkInterfaces", "reads"),
            Map.entry("ec2:DescribeSubnets", "reads"),
            Map.entry("application-autoscaling:DescribeScalableTargets", "reads"));

    /** Managed policies that are narrow enough to be used as they are. */
    private static final Set<String> NARROW_MANAGED_POLICIES = Set.of("service-role/AmazonRDSEnhancedMonitoringRole");

    private static final Pattern SECRET_PROPERTY =
            Pattern.compile("(?i).*(password|secretstring|token|privatekey|authtoken)$");

    private AccessRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "no-star-resource",
                        "No role may do something to every resource where AWS lets one name the resource",
                        AccessRules::noStar),
                new Rule(
                        "secret-needs-its-key",
                        "Who may read a secret may use the key that it is encrypted with",
                        AccessRules::secretKeys),
                new Rule(
                        "no-broad-managed-policies",
                        "No role has a managed policy that AWS may widen, or that is wide already",
                        AccessRules::managedPolicies),
                new Rule(
                        "trust",
                        "A role trusts a service or a named account, and no other account's service",
                        AccessRules::trust),
                new Rule(
                        "no-secrets-in-templates",
                        "Templates and parameters hold no secret; they generate them or say where they are kept",
                        AccessRules::noSecrets));
    }

    private static void noStar(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            environment.all().flatMap(stack -> Permissions.of(stack).stream()).forEach(permission -> {
                Node statement = permission.statement();
                for (String action : permission.actions()) {
                    if (action.equals("*") || action.endsWith(":*")) {
                        findings.add(
                                statement,
                                permission.owner().id() + " allows " + action,
                                "List the actions that are called");
                    }
                }
                if (statement.has("NotAction") || statement.has("NotResource")) {
                    findings.add(statement, permission.owner().id() + " allows all but some", "List what is allowed");
                }
                boolean everything = permission.resources().stream().anyMatch(resource -> resource.is("*"));
                for (String action : permission.actions()) {
                    if (everything && !ONLY_ON_EVERYTHING.containsKey(action)) {
                        findings.add(
                                statement,
                                permission.owner().id() + " allows " + action + " on every resource",
                                "Name the resource; if AWS knows none for this action, add it to"
                                        + " AccessRules.ONLY_ON_EVERYTHING with the reason");
                    }
                }
            });
        }
    }

    private static void secretKeys(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Map<String, String> keys = environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::SecretsManager::Secret"))
                    .collect(Collectors.toMap(
                            Resource::symbol, secret -> key(secret.properties().get("KmsKeyId"))));
            environment.all().forEach(stack -> {
                List<Permissions.Permission> all = Permissions.of(stack);
                all.stream()
                        .filter(permission -> permission.allows("secretsmanager:GetSecretValue"))
                        .forEach(reading -> reading.resources().forEach(secret -> {
                            String key = keys.getOrDefault(secret.text(), "");
                            boolean decrypts = all.stream()
                                    .filter(other -> other.role().equals(reading.role()))
                                    .filter(other -> other.allows("kms:Decrypt"))
                                    .flatMap(other -> other.resources().stream())
                                    .anyMatch(resource -> key(resource).equals(key));
                            if (!key.isEmpty() && !decrypts) {
                                findings.add(
                                        reading.statement(),
                                        reading.owner().id() + " may read " + secret + " but not use its key " + key,
                                        "Allow kms:Decrypt on it");
                            }
                        }));
            });
        }
    }

    private static void managedPolicies(Delivery delivery, Findings findings) {
        delivery.resources("AWS::IAM::Role")
                .forEach(role -> role.properties().get("ManagedPolicyArns").texts().stream()
                        .filter(arn -> arn.contains(":aws:policy/"))
                        .map(arn -> arn.substring(arn.indexOf(":aws:policy/") + ":aws:policy/".length()))
                        .filter(policy -> !NARROW_MANAGED_POLICIES.contains(policy))
                        .forEach(policy -> findings.add(
                                role.node(),
                                role.id() + " has the managed policy " + policy,
                                "Write the statements that it needs; narrow enough are only "
                                        + NARROW_MANAGED_POLICIES)));
    }

    private static void trust(Delivery delivery, Findings findings) {
        delivery.resources("AWS::IAM::Role").forEach(role -> {
            for (Node statement :
                    role.properties().at("AssumeRolePolicyDocument/Statement").items()) {
                Node principal = statement.get("Principal");
                if (principal.is("*") || principal.get("AWS").texts().contains("*")) {
                    findings.add(statement, role.id() + " may be assumed by anybody", "Name the service");
                }
                boolean tasks = principal.get("Service").texts().contains("ecs-tasks.amazonaws.com");
                boolean ours = statement
                        .get("Condition")
                        .walk()
                        .anyMatch(node -> node.has("aws:SourceAccount") || node.has("aws:SourceArn"));
                if (tasks && !ours) {
                    findings.add(
                            statement,
                            role.id() + " may be used by ECS on behalf of another account",
                            "Add the condition aws:SourceAccount");
                }
            }
        });
    }

    private static void noSecrets(Delivery delivery, Findings findings) {
        delivery.resources().forEach(resource -> {
            resource.properties()
                    .walk()
                    .filter(Node::isMap)
                    .forEach(node -> node.entries().forEach((key, value) -> {
                        if (!SECRET_PROPERTY.matcher(key).matches()) {
                            return;
                        }
                        boolean literal = value.isText()
                                && !value.text().isEmpty()
                                && !value.text().contains("{{resolve:")
                                && !value.text().contains("${");
                        // {"username":"not set","password":"not set"}: a form that somebody fills in, outside of the
                        // stack.
                        boolean empty = value.text().matches("\\{(\\s*\"\\w+\"\\s*:\\s*\"(not set)?\"\\s*,?)+}");
                        boolean aboutOne = value.text().matches("true|false|\\d+|[a-z-]+:.*|/.*")
                                || key.startsWith("Manage")
                                || empty;
                        if (literal && !aboutOne) {
                            findings.add(
                                    value,
                                    key + " of " + resource.id() + " is written as a value",
                                    "Let Secrets Manager generate it (GenerateSecretString) and refer to it");
                        }
                    }));
            variablesOf(resource).forEach(variable -> {
                String name = variable.getKey();
                Node value = variable.getValue();
                boolean secret = name.matches(".*(PASSWORD|SECRET|TOKEN|PRIVATE_KEY).*");
                if (secret && !value.text().contains("${") && !value.text().startsWith("arn:") && !value.is("")) {
                    findings.add(
                            value,
                            name + " of " + resource.id() + " is written as a value",
                            "Give the ARN of a secret that a stack exports");
                }
            });
        });
        for (Stacks environment : delivery.environments()) {
            environment
                    .all()
                    .forEach(stack -> stack.template()
                            .get("Parameters")
                            .entries()
                            .forEach((name, parameter) -> {
                                if (SECRET_PROPERTY.matcher(name).matches()) {
                                    findings.add(
                                            parameter,
                                            "the parameter " + name + " takes a secret",
                                            "Parameters are kept in the stack and in environments/*.json; generate it in Secrets"
                                                    + " Manager");
                                }
                            }));
        }
    }

    private static Stream<Map.Entry<String, Node>> variablesOf(Resource resource) {
        Stream<Map.Entry<String, Node>> build =
                resource.is("AWS::CodeBuild::Project") ? Pipeline.variables(resource).entrySet().stream() : Stream.of();
        return Stream.concat(build, resource.properties().at("Environment/Variables").entries().entrySet().stream());
    }

    /** A key's symbol, by whichever attribute it is referred to. */
    private static String key(Node reference) {
        return reference.text().replaceFirst("\\.\\w+}$", "}");
    }
}
