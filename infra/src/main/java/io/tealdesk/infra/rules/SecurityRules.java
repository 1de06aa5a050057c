package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.refersTo;
import static io.tealdesk.infra.rules.BlueGreen.resources;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to hold whatever an operator chooses: each rule looks at every environment and every other choice in it. */
final class SecurityRules {

    /** Actions that AWS offers for all resources or none, each with what it lets somebody do at worst. */
    static final Map<String, String> ONLY_ON_EVERYTHING = Map.ofEntries(
            Map.entry("ecr:GetAuthorizationToken", "signs in to the registry; pulling is allowed by repository"),
            Map.entry("ecs:RegisterTaskDefinition", "has no ARN before it exists; its roles are limited by PassRole"),
            Map.entry("ecs:DescribeTaskDefinition", "reads what taskdef.json says"),
            Map.entry("ecs:DeregisterTaskDefinition", "takes a revision off the list, not off a running task"),
            Map.entry("ecs:CreateTaskSet", "takes no ARN; narrowed by the condition ecs:cluster"),
            Map.entry("elasticloadbalancing:DescribeTargetGroups", "reads"),
            Map.entry("elasticloadbalancing:DescribeListeners", "reads"),
            Map.entry("elasticloadbalancing:DescribeRules", "reads"),
            Map.entry("elasticloadbalancing:DescribeTargetHealth", "reads"),
            Map.entry("elasticloadbalancing:DescribeLoadBalancers", "reads"),
            Map.entry("ec2:DescribeNetworkInterfaces", "reads"),
            Map.entry("ec2:CreateNetworkInterface", "a function in a VPC needs it before any interface has an ARN"),
            Map.entry("ec2:DeleteNetworkInterface", "as above, when the function goes"),
            Map.entry("ec2:AssignPrivateIpAddresses", "as above"),
            Map.entry("ec2:UnassignPrivateIpAddresses", "as above"),
            Map.entry("ec2:DescribeSubnets", "reads"),
            Map.entry("ec2:DescribeSecurityGroups", "reads"),
            Map.entry("ec2:DescribeVpcs", "reads"),
            Map.entry("ec2:DescribeDhcpOptions", "reads"),
            Map.entry("cloudwatch:DescribeAlarms", "reads; CodeDeploy asks for many at once"),
            Map.entry("cloudwatch:PutMetricData", "adds figures; narrowed by namespace"),
            Map.entry("application-autoscaling:DescribeScalableTargets", "reads"),
            Map.entry("secretsmanager:GetRandomPassword", "makes a password and keeps nothing"),
            Map.entry("logs:DescribeLogGroups", "reads names"),
            Map.entry("xray:PutTraceSegments", "adds traces"));

    /** Managed policies that are narrow enough to be used as they are. */
    private static final Set<String> NARROW_MANAGED_POLICIES =
            Set.of("service-role/AmazonRDSEnhancedMonitoringRole", "service-role/AWSLambdaBasicExecutionRole");

    private static final Set<String> ANYWHERE = Set.of("0.0.0.0/0", "::/0");
    private static final Pattern SECRET_PROPERTY =
            Pattern.compile("(?i).*(password|secretstring|token|privatekey|authtoken)$");

    private SecurityRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "nothing-in-public",
                        "No task, function or database stands in a subnet that the internet reaches, and none has a"
                                + " public address",
                        SecurityRules::nothingInPublic),
                new Rule(
                        "database-isolated",
                        "The database's subnets have no way to the internet, in or out",
                        SecurityRules::databaseIsolated),
                new Rule(
                        "security-groups-chained",
                        "The internet reaches the load balancer's production ports only; behind it each security group"
                                + " lets in another one on one port",
                        SecurityRules::chained),
                new Rule(
                        "security-groups-described",
                        "Each security group and each of its rules says what it is for",
                        SecurityRules::described),
                new Rule(
                        "no-star-resource",
                        "No role may do something to every resource where AWS lets one name the resource",
                        SecurityRules::noStar),
                new Rule(
                        "secret-needs-its-key",
                        "Who may read a secret may use the key that it is encrypted with",
                        SecurityRules::secretKeys),
                new Rule(
                        "no-broad-managed-policies",
                        "No role has a managed policy that AWS may widen, or that is wide already",
                        SecurityRules::managedPolicies),
                new Rule(
                        "trust",
                        "A role trusts a service or a named account, and no other account's service",
                        SecurityRules::trust),
                new Rule(
                        "no-secrets-in-templates",
                        "Templates and parameters hold no secret; they generate them or say where they are kept",
                        SecurityRules::noSecrets),
                new Rule(
                        "log-retention",
                        "Each log group says how long it keeps, and everything that logs has one of its own",
                        SecurityRules::logRetention),
                new Rule("encrypted", "Everything that stores is encrypted", SecurityRules::encrypted),
                new Rule("kept-on-delete", "Whatever holds data outlives its stack", SecurityRules::kept),
                new Rule(
                        "buckets-private",
                        "Each bucket blocks public access and refuses requests without TLS",
                        SecurityRules::buckets),
                new Rule(
                        "database-guarded",
                        "The database is private, backed up, protected from deletion, TLS only, its master password"
                                + " kept by AWS",
                        SecurityRules::database),
                new Rule("tls", "HTTPS listeners use a current TLS policy", SecurityRules::tls),
                new Rule(
                        "registry-immutable",
                        "A tag is never moved to another image, images are scanned, old ones go",
                        SecurityRules::registry),
                new Rule(
                        "alarms-reach-somebody",
                        "Each alarm goes to a topic and says what to do",
                        SecurityRules::alarms));
    }

    /** The subnets of an environment with a route to an internet gateway. */
    private static Set<String> subnetsWithRouteTo(Stack network, String kindOfTarget) {
        Set<String> tables = resources(network, "AWS::EC2::Route")
                .filter(route -> route.properties().has(kindOfTarget))
                .map(route -> route.properties().get("RouteTableId").text())
                .collect(Collectors.toSet());
        return resources(network, "AWS::EC2::SubnetRouteTableAssociation")
                .filter(association -> tables.contains(
                        association.properties().get("RouteTableId").text()))
                .map(association -> association.properties().get("SubnetId").text())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void nothingInPublic(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Set<String> publicSubnets = subnetsWithRouteTo(environment.stack("network"), "GatewayId");
            environment.all().forEach(stack -> {
                resources(stack, "AWS::ECS::Service").forEach(service -> {
                    Node network = service.properties().at("NetworkConfiguration/AwsvpcConfiguration");
                    inPrivate(service, network.get("Subnets"), publicSubnets, findings);
                    if (!network.get("AssignPublicIp").is("DISABLED")) {
                        findings.add(
                                network.isPresent() ? network : service.node(),
                                "the tasks of " + service.id() + " get public addresses",
                                "Set AssignPublicIp to DISABLED");
                    }
                });
                resources(stack, "AWS::Lambda::Function")
                        .filter(function -> function.properties().has("VpcConfig"))
                        .forEach(function -> inPrivate(
                                function, function.properties().at("VpcConfig/SubnetIds"), publicSubnets, findings));
                resources(stack, "AWS::RDS::DBSubnetGroup")
                        .forEach(group ->
                                inPrivate(group, group.properties().get("SubnetIds"), publicSubnets, findings));
                resources(stack, "AWS::EC2::Subnet")
                        .filter(subnet ->
                                subnet.properties().get("MapPublicIpOnLaunch").isTrue())
                        .forEach(subnet -> findings.add(
                                subnet.node(),
                                subnet.id() + " gives public addresses to whatever is started in it",
                                "The load balancer does not need it: leave MapPublicIpOnLaunch out"));
            });
            // The migration's task is not a resource: its network stands in variables of the build.
            Pipeline.of(environment)
                    .projects()
                    .forEach(project -> Pipeline.variables(project).forEach((name, value) -> {
                        if (name.contains("SUBNET")) {
                            for (String subnet : value.text().split(",", -1)) {
                                if (publicSubnets.contains(subnet)) {
                                    findings.add(
                                            value,
                                            name + " holds the public subnet " + subnet,
                                            "Give it the private subnets");
                                }
                            }
                        }
                    }));
        }
    }

    private static void inPrivate(Resource resource, Node subnets, Set<String> publicSubnets, Findings findings) {
        if (subnets.items().isEmpty()) {
            findings.add(resource.node(), resource.id() + " names no subnets", "Give it the private ones");
        }
        subnets.texts().stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .filter(publicSubnets::contains)
                .forEach(subnet -> findings.add(
                        resource.node(),
                        resource.id() + " stands in " + subnet + ", which has a route to the internet gateway",
                        "Give it private or isolated subnets"));
    }

    private static void databaseIsolated(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Stack network = environment.stack("network");
            Set<String> out = subnetsWithRouteTo(network, "NatGatewayId");
            environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::RDS::DBSubnetGroup"))
                    .forEach(group -> group.properties().get("SubnetIds").texts().stream()
                            .flatMap(text -> Stream.of(text.split(",")))
                            .filter(out::contains)
                            .forEach(subnet -> findings.add(
                                    group.node(),
                                    group.id() + " holds " + subnet + ", which has a route to a NAT gateway",
                                    "A database calls nobody: give it the isolated subnets")));
        }
    }

    /** One ingress or egress rule, inline or a resource of its own. */
    private record Opening(Stack stack, String group, Node rule) {

        boolean fromAnywhere() {
            return ANYWHERE.contains(rule.get("CidrIp").text())
                    || ANYWHERE.contains(rule.get("CidrIpv6").text());
        }
    }

    private static Stream<Opening> openings(Stacks environment, String direction) {
        return environment
                .all()
                .flatMap(stack -> Stream.concat(
                        resources(stack, "AWS::EC2::SecurityGroup")
                                .flatMap(group -> group.properties().get("SecurityGroup" + direction).items().stream()
                                        .map(rule -> new Opening(stack, group.symbol(), rule))),
                        resources(stack, "AWS::EC2::SecurityGroup" + direction)
                                .map(rule -> new Opening(
                                        stack, rule.properties().get("GroupId").text(), rule.properties()))));
    }

    private static void chained(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Set<String> balancers =
                    groupsOf(environment, "AWS::ElasticLoadBalancingV2::LoadBalancer", "SecurityGroups");
            Set<String> databases = groupsOf(environment, "AWS::RDS::DBInstance", "VPCSecurityGroups");
            Set<String> testPorts = testPorts(environment);
            openings(environment, "Ingress").forEach(opening -> {
                Node rule = opening.rule();
                String port = rule.get("FromPort").text();
                boolean balancer = balancers.contains(opening.group());
                if (opening.fromAnywhere() && !(balancer && Set.of("80", "443").contains(port))) {
                    findings.add(
                            rule,
                            opening.group() + " lets the whole internet in on port " + (port.isEmpty() ? "any" : port),
                            balancer && testPorts.contains(port)
                                    ? "The test listener is for the hook only: SourceSecurityGroupId"
                                    : "Let in a security group: SourceSecurityGroupId");
                }
                boolean bySecurityGroup = rule.has("SourceSecurityGroupId") || rule.has("SourcePrefixListId");
                if (!balancer && !bySecurityGroup && !opening.fromAnywhere()) {
                    findings.add(
                            rule,
                            opening.group() + " lets in addresses (" + rule.get("CidrIp")
                                    + ") instead of a security group",
                            "Let in a security group: SourceSecurityGroupId");
                }
                if (!rule.get("ToPort").is(port) || rule.get("IpProtocol").is("-1")) {
                    findings.add(
                            rule,
                            opening.group() + " opens more than one port",
                            "Name one port, from and to, and the protocol tcp");
                }
                if (databases.contains(opening.group()) && !port.equals(databasePort(environment))) {
                    findings.add(
                            rule,
                            "the database's security group opens " + port,
                            "Nothing listens but " + databasePort(environment));
                }
                if (databases.contains(opening.group())
                        && balancers.contains(rule.get("SourceSecurityGroupId").text())) {
                    findings.add(rule, "the load balancer may reach the database", "Only the backend needs to");
                }
            });
            reaches(delivery, environment, balancers, databases, findings);
        }
    }

    private static Set<String> testPorts(Stacks environment) {
        BlueGreen backend = BlueGreen.of(environment, Half.BACKEND);
        return resources(environment.stack("service"), "AWS::ElasticLoadBalancingV2::Listener")
                .filter(listener -> backend.testListeners().texts().contains(listener.symbol()))
                .map(listener -> listener.properties().get("Port").text())
                .collect(Collectors.toSet());
    }

    /** The chain's links that have to be there: a missing one is found in the first deployment only. */
    private static void reaches(
            Delivery delivery, Stacks environment, Set<String> balancers, Set<String> databases, Findings findings) {
        for (Half half : Half.values()) {
            Node service = BlueGreen.of(environment, half).service().properties();
            String port =
                    delivery.container(half).at("portMappings/0/containerPort").text();
            Set<String> groups = texts(service.at("NetworkConfiguration/AwsvpcConfiguration/SecurityGroups"));
            link(environment, balancers, groups, port, "the load balancer", half.container, findings);
            if (half == Half.BACKEND) {
                link(
                        environment,
                        groups,
                        databases,
                        databasePort(environment),
                        "the backend",
                        "the database",
                        findings);
            }
        }
        Set<String> hooks = resources(environment.stack("service"), "AWS::Lambda::Function")
                .filter(function ->
                        function.properties().at("Environment/Variables").has("TEST_URL"))
                .flatMap(function -> texts(function.properties().at("VpcConfig/SecurityGroupIds")).stream())
                .collect(Collectors.toSet());
        for (String port : testPorts(environment)) {
            link(environment, hooks, balancers, port, "the smoke test", "the test listener", findings);
        }
    }

    private static void link(
            Stacks environment,
            Set<String> from,
            Set<String> to,
            String port,
            String who,
            String whom,
            Findings findings) {
        boolean open = openings(environment, "Ingress")
                .anyMatch(opening -> to.contains(opening.group())
                        && opening.rule().get("FromPort").is(port)
                        && from.contains(
                                opening.rule().get("SourceSecurityGroupId").text()));
        if (!open) {
            findings.add(
                    new Place(environment.stack("network").file(), 0),
                    "no security group rule lets " + who + " reach " + whom + " on port " + port,
                    "Add an ingress with SourceSecurityGroupId");
        }
        Set<String> restricted = resources(environment.stack("network"), "AWS::EC2::SecurityGroup")
                .filter(group -> from.contains(group.symbol()))
                .filter(group -> group.properties().has("SecurityGroupEgress"))
                .map(group -> group.symbol())
                .collect(Collectors.toSet());
        boolean mayLeave = restricted.isEmpty()
                || openings(environment, "Egress")
                        .filter(opening -> restricted.contains(opening.group()))
                        .anyMatch(opening -> opening.rule().get("IpProtocol").is("-1")
                                || (covers(opening.rule(), port)
                                        && (opening.fromAnywhere()
                                                || opening.rule().get("CidrIp").isPresent()
                                                || to.contains(opening.rule()
                                                        .get("DestinationSecurityGroupId")
                                                        .text()))));
        if (!mayLeave) {
            findings.add(
                    new Place(environment.stack("network").file(), 0),
                    "no egress rule lets " + who + " call " + whom + " on port " + port,
                    "Add an egress with DestinationSecurityGroupId");
        }
    }

    private static boolean covers(Node rule, String port) {
        int wanted = Integer.parseInt(port.isEmpty() ? "0" : port);
        return rule.get("FromPort").numberOr(-1) <= wanted
                && wanted <= rule.get("ToPort").numberOr(-1);
    }

    private static Set<String> groupsOf(Stacks environment, String type, String property) {
        return environment
                .all()
                .flatMap(stack -> resources(stack, type))
                .flatMap(resource -> texts(resource.properties().get(property)).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> texts(Node list) {
        return list.texts().stream().flatMap(text -> Stream.of(text.split(","))).collect(Collectors.toSet());
    }

    private static String databasePort(Stacks environment) {
        return environment
                .all()
                .flatMap(stack -> resources(stack, "AWS::RDS::DBInstance"))
                .map(database -> database.properties().get("Port").textOr("5432"))
                .findFirst()
                .orElse("5432");
    }

    private static void described(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Stream.of("Ingress", "Egress")
                    .forEach(direction -> openings(environment, direction)
                            .filter(opening ->
                                    opening.rule().get("Description").text().isBlank())
                            .forEach(opening -> findings.add(
                                    opening.rule(),
                                    "a rule of " + opening.group() + " has no Description",
                                    "Say who reaches what through it")));
            environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::EC2::SecurityGroup"))
                    .filter(group ->
                            group.properties().get("GroupDescription").text().isBlank())
                    .forEach(group ->
                            findings.add(group.node(), group.id() + " has no GroupDescription", "Say whose it is"));
        }
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
                                        + " SecurityRules.ONLY_ON_EVERYTHING with the reason");
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

    /** A key's symbol, by whichever attribute it is referred to. */
    private static String key(Node reference) {
        return reference.text().replaceFirst("\\.\\w+}$", "}");
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

    private static void logRetention(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Set<String> groups = new LinkedHashSet<>();
            environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::Logs::LogGroup"))
                    .forEach(group -> {
                        groups.add(group.symbol());
                        groups.add(group.properties().get("LogGroupName").text());
                        if (group.properties().get("RetentionInDays").numberOr(0) <= 0
                                && !group.properties()
                                        .get("RetentionInDays")
                                        .text()
                                        .contains("${")) {
                            findings.add(group.node(), group.id() + " keeps logs for ever", "Set RetentionInDays");
                        }
                    });
            environment.all().forEach(stack -> {
                resources(stack, "AWS::Lambda::Function").forEach(function -> {
                    Node named = function.properties().at("LoggingConfig/LogGroup");
                    boolean own = groups.contains(named.text())
                            || groups.stream()
                                    .anyMatch(group -> group.startsWith("/aws/lambda/")
                                            && (group.contains(function.symbol())
                                                    || group.endsWith("/"
                                                            + function.properties()
                                                                    .get("FunctionName")
                                                                    .textOr(function.symbol()))));
                    if (!own) {
                        findings.add(
                                function.node(),
                                function.id() + " logs to a group that AWS makes and keeps for ever",
                                "Make a log group with RetentionInDays and name it in LoggingConfig");
                    }
                });
                resources(stack, "AWS::CodeBuild::Project").forEach(project -> {
                    if (!groups.contains(project.properties()
                            .at("LogsConfig/CloudWatchLogs/GroupName")
                            .text())) {
                        findings.add(
                                project.node(),
                                project.id() + " logs to a group that AWS makes and keeps for ever",
                                "Make a log group with RetentionInDays and name it in LogsConfig");
                    }
                });
                resources(stack, "AWS::EC2::FlowLog").forEach(flow -> {
                    boolean toBucket =
                            flow.properties().get("LogDestinationType").is("s3");
                    boolean known = groups.contains(
                                    flow.properties().get("LogGroupName").text())
                            || groups.stream()
                                    .anyMatch(group -> !group.isEmpty()
                                            && flow.properties()
                                                    .get("LogDestination")
                                                    .text()
                                                    .startsWith(group.replace("}", ".")));
                    if (!toBucket && !known) {
                        findings.add(
                                flow.node(), flow.id() + " writes to a group that AWS makes", "Make one and name it");
                    }
                });
            });
        }
    }

    private static void encrypted(Delivery delivery, Findings findings) {
        Map<String, List<String>> wanted = Map.ofEntries(
                Map.entry("AWS::RDS::DBInstance", List.of("StorageEncrypted")),
                Map.entry("AWS::S3::Bucket", List.of("BucketEncryption/ServerSideEncryptionConfiguration/0")),
                Map.entry("AWS::SNS::Topic", List.of("KmsMasterKeyId")),
                Map.entry("AWS::SQS::Queue", List.of("KmsMasterKeyId")),
                Map.entry("AWS::ECR::Repository", List.of("EncryptionConfiguration/EncryptionType")),
                Map.entry("AWS::CodePipeline::Pipeline", List.of("ArtifactStore/EncryptionKey/Id")),
                Map.entry("AWS::CodeBuild::Project", List.of("EncryptionKey")),
                Map.entry("AWS::SecretsManager::Secret", List.of("KmsKeyId")),
                Map.entry("AWS::KMS::Key", List.of("EnableKeyRotation")));
        delivery.resources()
                .forEach(resource -> wanted.getOrDefault(
                                resource.node().get("Type").text(), List.of())
                        .forEach(path -> {
                            Node value = resource.properties().at(path);
                            // A snapshot brings its encryption along, and CloudFormation wants it unsaid.
                            boolean isInherited = path.equals("StorageEncrypted")
                                    && !resource.properties()
                                            .get("DBSnapshotIdentifier")
                                            .isAbsent();
                            if (!isInherited && (value.isAbsent() || value.is("false") || value.is(""))) {
                                findings.add(resource.node(), resource.id() + " has no " + path, "Set it");
                            }
                        }));
    }

    private static void kept(Delivery delivery, Findings findings) {
        Map<String, Set<String>> wanted = Map.of(
                "AWS::RDS::DBInstance", Set.of("Snapshot"),
                "AWS::S3::Bucket", Set.of("Retain"),
                "AWS::SecretsManager::Secret", Set.of("Retain"),
                "AWS::ECR::Repository", Set.of("Retain"));
        for (Stacks environment : delivery.environmentsAndChoices()) {
            List<Resource> stores = environment
                    .all()
                    .flatMap(stack -> stack.resources().entrySet().stream()
                            .map(entry -> new Resource(stack, entry.getKey(), entry.getValue())))
                    .filter(resource ->
                            wanted.containsKey(resource.node().get("Type").text()))
                    .toList();
            stores.forEach(store ->
                    outlives(store, wanted.getOrDefault(store.node().get("Type").text(), Set.of()), findings));
            // What is kept can be read only as long as its key is.
            environment
                    .all()
                    .flatMap(stack -> resources(stack, "AWS::KMS::Key"))
                    .filter(key -> stores.stream().anyMatch(store -> uses(store, key)))
                    .forEach(key -> outlives(key, Set.of("Retain"), findings));
        }
    }

    private static boolean uses(Resource store, Resource key) {
        return store.properties().scalars().anyMatch(value -> refersTo(value, key));
    }

    private static void outlives(Resource resource, Set<String> policies, Findings findings) {
        for (String key : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (!policies.contains(resource.node().get(key).text())) {
                findings.add(
                        resource.node(),
                        key + " of " + resource.id() + " is "
                                + resource.node().get(key).textOr("Delete"),
                        "It goes with its data when the stack does; " + String.join(" or ", policies));
            }
        }
    }

    private static void buckets(Delivery delivery, Findings findings) {
        delivery.resources("AWS::S3::Bucket").forEach(bucket -> {
            Node block = bucket.properties().get("PublicAccessBlockConfiguration");
            for (String key :
                    List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")) {
                if (!block.get(key).isTrue()) {
                    findings.add(bucket.node(), bucket.id() + " does not set " + key, "Set all four to true");
                }
            }
            if (bucket.properties().has("AccessControl")) {
                findings.add(bucket.node(), bucket.id() + " has an access control list", "Use a bucket policy");
            }
            boolean tlsOnly = resources(bucket.stack(), "AWS::S3::BucketPolicy")
                    .filter(policy -> refersTo(policy.properties().get("Bucket"), bucket))
                    .flatMap(policy -> policy.properties().at("PolicyDocument/Statement").items().stream())
                    .anyMatch(statement -> statement.get("Effect").is("Deny")
                            && statement
                                    .at("Condition/Bool")
                                    .get("aws:SecureTransport")
                                    .is("false"));
            if (!tlsOnly) {
                findings.add(
                        bucket.node(),
                        bucket.id() + " answers requests without TLS",
                        "Add a bucket policy that denies them: aws:SecureTransport false");
            }
        });
        delivery.resources("AWS::S3::BucketPolicy")
                .forEach(policy -> policy.properties().at("PolicyDocument/Statement").items().stream()
                        .filter(statement -> statement.get("Effect").is("Allow"))
                        .filter(statement -> statement.get("Principal").is("*")
                                || statement.at("Principal/AWS").texts().contains("*"))
                        .forEach(statement ->
                                findings.add(statement, policy.id() + " allows everybody", "Name the principal")));
    }

    private static void database(Delivery delivery, Findings findings) {
        delivery.resources("AWS::RDS::DBInstance").forEach(database -> {
            Node properties = database.properties();
            if (!properties.get("PubliclyAccessible").is("false")) {
                findings.add(database.node(), database.id() + " has a public address", "PubliclyAccessible: false");
            }
            if (!properties.get("DeletionProtection").isTrue()) {
                findings.add(database.node(), database.id() + " can be deleted by a slip", "DeletionProtection: true");
            }
            if (properties.get("BackupRetentionPeriod").numberOr(0) < 7) {
                findings.add(
                        database.node(),
                        database.id() + " keeps backups for "
                                + properties.get("BackupRetentionPeriod").numberOr(0) + " days",
                        "BackupRetentionPeriod: at least 7");
            }
            if (!properties.get("ManageMasterUserPassword").isTrue() || properties.has("MasterUserPassword")) {
                findings.add(
                        database.node(),
                        "the master password of " + database.id() + " is not kept and rotated by AWS",
                        "ManageMasterUserPassword: true, and no MasterUserPassword");
            }
            boolean forced = resources(database.stack(), "AWS::RDS::DBParameterGroup")
                    .filter(group -> refersTo(properties.get("DBParameterGroupName"), group))
                    .anyMatch(group -> group.properties()
                            .get("Parameters")
                            .get("rds.force_ssl")
                            .is("1"));
            if (!forced) {
                findings.add(
                        database.node(),
                        database.id() + " accepts connections without TLS",
                        "Give it a parameter group with rds.force_ssl: 1");
            }
        });
    }

    private static void tls(Delivery delivery, Findings findings) {
        delivery.resources("AWS::ElasticLoadBalancingV2::Listener").forEach(listener -> {
            Node properties = listener.properties();
            if (properties.get("Protocol").is("HTTPS")
                    && !properties.get("SslPolicy").text().startsWith("ELBSecurityPolicy-TLS13-1-2")) {
                findings.add(
                        listener.node(),
                        listener.id() + " uses the TLS policy "
                                + properties.get("SslPolicy").textOr("of 2016"),
                        "One that begins with ELBSecurityPolicy-TLS13-1-2");
            }
            boolean secure = resources(listener.stack(), "AWS::ElasticLoadBalancingV2::Listener")
                    .anyMatch(other -> other.properties().get("Protocol").is("HTTPS"));
            boolean redirects = properties.get("DefaultActions").items().stream()
                    .allMatch(action -> action.get("Type").is("redirect")
                            && action.at("RedirectConfig/Protocol").is("HTTPS"));
            if (secure && properties.get("Protocol").is("HTTP") && !redirects) {
                findings.add(
                        listener.node(),
                        listener.id() + " serves without TLS beside a listener with it",
                        "Redirect to HTTPS");
            }
        });
    }

    private static void registry(Delivery delivery, Findings findings) {
        delivery.resources("AWS::ECR::Repository").forEach(repository -> {
            if (!repository.properties().get("ImageTagMutability").is("IMMUTABLE")) {
                findings.add(repository.node(), "tags of " + repository.id() + " can be moved", "IMMUTABLE");
            }
            if (!repository
                    .properties()
                    .at("ImageScanningConfiguration/ScanOnPush")
                    .isTrue()) {
                findings.add(
                        repository.node(), "images in " + repository.id() + " are not scanned", "ScanOnPush: true");
            }
            if (repository
                    .properties()
                    .at("LifecyclePolicy/LifecyclePolicyText")
                    .isAbsent()) {
                findings.add(repository.node(), repository.id() + " grows for ever", "Add a LifecyclePolicy");
            }
        });
    }

    private static void alarms(Delivery delivery, Findings findings) {
        delivery.resources("AWS::CloudWatch::Alarm").forEach(alarm -> {
            if (alarm.properties().get("AlarmActions").items().isEmpty()) {
                findings.add(alarm.node(), alarm.id() + " tells nobody", "AlarmActions: the alarm topic");
            }
            if (alarm.properties().get("AlarmDescription").text().length() < 40) {
                findings.add(alarm.node(), alarm.id() + " does not say what to do", "Write it in AlarmDescription");
            }
        });
        // A copied alarm that still watches the other colour: its name and its metric disagree.
        delivery.resources("AWS::CloudWatch::Alarm")
                .forEach(alarm -> Stream.of("Blue", "Green").forEach(color -> {
                    String other = color.equals("Blue") ? "Green" : "Blue";
                    boolean watchesOther = alarm.properties()
                            .scalars()
                            .anyMatch(value ->
                                    value.text().matches("\\$\\{\\w+:\\w*" + other + "\\w*\\.TargetGroupFullName}"));
                    if (alarm.id().contains(color) && watchesOther) {
                        findings.add(
                                alarm.node(),
                                alarm.id() + " watches the target group of " + other.toLowerCase(java.util.Locale.ROOT),
                                "Copied and not changed? Watch the colour that its name says");
                    }
                }));
    }
}
