package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.resources;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who reaches whom, whatever an operator chooses. */
final class NetworkRules {

    private static final Set<String> ANYWHERE = Set.of("0.0.0.0/0", "::/0");

    private NetworkRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "nothing-in-public",
                        "No task, function or database stands in a subnet that the internet reaches, and none has a"
                                + " public address",
                        NetworkRules::nothingInPublic),
                new Rule(
                        "database-isolated",
                        "The database's subnets have no way to the internet, in or out",
                        NetworkRules::databaseIsolated),
                new Rule(
                        "security-groups-chained",
                        "The internet reaches the load balancer's production ports only; behind it each security group"
                                + " lets in another one on one port",
                        NetworkRules::chained),
                new Rule(
                        "security-groups-described",
                        "Each security group and each of its rules says what it is for",
                        NetworkRules::described),
                new Rule("tls", "HTTPS listeners use a current TLS policy", NetworkRules::tls),
                new Rule(
                        "mail-port",
                        "The backend may reach the port on which it is told to hand in mail",
                        NetworkRules::mailPort));
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

    static Set<String> texts(Node list) {
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

    private static void mailPort(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Set<String> groups = texts(BlueGreen.of(environment, Half.BACKEND)
                    .service()
                    .properties()
                    .at("NetworkConfiguration/AwsvpcConfiguration/SecurityGroups"));
            Node port = Rendering.of(delivery, environment, Half.BACKEND)
                    .container()
                    .at("environment/[name=SMTP_PORT]/value");
            boolean open = openings(environment, "Egress")
                    .filter(opening -> groups.contains(opening.group()))
                    .anyMatch(opening -> covers(opening.rule(), port.text()));
            if (!open) {
                findings.add(
                        port,
                        "SMTP_PORT is " + port + ", to which the backend's security group has no egress",
                        "Add it in " + environment.stack("network").file() + " or use another port");
            }
        }
    }
}
