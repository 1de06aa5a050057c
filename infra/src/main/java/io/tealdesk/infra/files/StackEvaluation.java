package io.tealdesk.infra.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out one template; knows the exports of the stacks deployed before it. */
final class StackEvaluation {

    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(!?[^}]+)}");
    private static final Map<String, String> PSEUDO_PARAMETERS = Map.of(
            "AWS::AccountId", "111122223333",
            "AWS::Region", "eu-central-1",
            "AWS::Partition", "aws",
            "AWS::URLSuffix", "amazonaws.com");

    /** Attributes that are what {@code Ref} gives: both have to become one symbol. */
    private static final Set<String> SAME_AS_REF = Set.of(
            "AWS::EC2::SecurityGroup.GroupId",
            "AWS::EC2::Subnet.SubnetId",
            "AWS::EC2::VPC.VpcId",
            "AWS::ECS::Service.ServiceArn",
            "AWS::ElasticLoadBalancingV2::Listener.ListenerArn",
            "AWS::ElasticLoadBalancingV2::ListenerRule.RuleArn",
            "AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn",
            "AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupArn",
            "AWS::SecretsManager::Secret.Id",
            "AWS::SNS::Topic.TopicArn");

    private final String name;
    private final Node template;
    private final String stackName;
    private final Map<String, Node> given;
    private final Map<String, Node> exports;
    private final Map<String, Node> parameters = new LinkedHashMap<>();
    private final Map<String, Boolean> conditions = new HashMap<>();
    private final Set<String> conditionsAsked = new HashSet<>();
    private final List<Stack.Problem> problems = new ArrayList<>();

    StackEvaluation(String name, Node template, String stackName, Map<String, Node> given, Map<String, Node> exports) {
        this.name = name;
        this.template = template;
        this.stackName = stackName;
        this.given = given;
        this.exports = exports;
    }

    Stack evaluate() {
        template.get("Parameters")
                .entries()
                .forEach((parameter, declaration) -> parameters.put(parameter, parameterValue(parameter, declaration)));
        Map<String, Node> resources = new LinkedHashMap<>();
        template.get("Resources").entries().forEach((id, resource) -> {
            if (exists(resource)) {
                resources.put(id, value(resource));
            }
        });
        Map<String, Node> outputs = new LinkedHashMap<>();
        template.get("Outputs").entries().forEach((id, output) -> {
            if (exists(output)) {
                outputs.put(id, value(output));
            }
        });
        return new Stack(
                name, template.file(), stackName, template, parameters, resources, outputs, List.copyOf(problems));
    }

    private boolean exists(Node resourceOrOutput) {
        Node condition = resourceOrOutput.get("Condition");
        return condition.isAbsent() || condition(condition.text(), condition);
    }

    private Node parameterValue(String parameter, Node declaration) {
        Node value = given.getOrDefault(parameter, declaration.get("Default"));
        if (value.isAbsent()) {
            return symbol(declaration, parameter);
        }
        if (!declaration.get("Type").text().contains("List")) {
            return value;
        }
        String text = value.isList() ? String.join(",", value.texts()) : value.text();
        return split(declaration, ",", text);
    }

    private Node value(Node node) {
        if (node.isList()) {
            return Node.list(
                    node.place(),
                    node.path(),
                    node.items().stream()
                            .map(this::value)
                            .filter(Node::isPresent)
                            .toList());
        }
        if (!node.isMap()) {
            return node;
        }
        if (node.keys().size() == 1) {
            String function = node.keys().iterator().next();
            if (function.equals("Ref") || function.startsWith("Fn::")) {
                return function(node, function, node.get(function));
            }
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        node.entries().forEach((key, entry) -> {
            Node value = value(entry);
            if (value.isPresent()) {
                entries.put(key, value);
            }
        });
        return Node.map(node.place(), node.path(), entries);
    }

    private Node function(Node at, String function, Node argument) {
        return switch (function) {
            case "Ref" -> reference(at, argument.text());
            case "Fn::GetAtt" ->
                symbol(
                        at,
                        argument.item(0).text() + "." + value(argument.item(1)).text());
            case "Fn::Sub" -> substituted(at, argument);
            case "Fn::If" -> value(condition(argument.item(0).text(), at) ? argument.item(1) : argument.item(2));
            case "Fn::ImportValue" -> imported(at, value(argument).text());
            case "Fn::Join" -> text(at, String.join(value(argument.item(0)).text(), texts(argument.item(1))));
            case "Fn::Split" ->
                split(at, argument.item(0).text(), value(argument.item(1)).text());
            case "Fn::Select" -> selected(at, value(argument.item(0)).numberOr(-1), value(argument.item(1)));
            case "Fn::FindInMap" ->
                value(template.get("Mappings")
                        .get(value(argument.item(0)).text())
                        .get(value(argument.item(1)).text())
                        .get(value(argument.item(2)).text()));
            case "Fn::GetAZs" -> split(at, ",", "zone-a,zone-b,zone-c");
            case "Fn::Cidr" -> {
                List<String> blocks = new ArrayList<>();
                for (int block = 0; block < value(argument.item(1)).numberOr(0); block++) {
                    blocks.add("${block:" + block + "}");
                }
                yield split(at, ",", String.join(",", blocks));
            }
            case "Fn::Base64" -> value(argument);
            case "Fn::ToJsonString" -> text(at, value(argument).toString());
            case "Fn::Length" -> text(at, String.valueOf(value(argument).items().size()));
            default -> {
                problems.add(new Stack.Problem(at.place(), "the function " + function + " is not understood here"));
                yield text(at, "${" + function + "}");
            }
        };
    }

    private List<String> texts(Node list) {
        return value(list).texts();
    }

    private Node reference(Node at, String to) {
        Node parameter = parameters.get(to);
        if (to.equals("AWS::NoValue")) {
            return Node.absent(at.place(), at.path());
        }
        if (to.equals("AWS::StackName")) {
            return text(at, stackName);
        }
        if (PSEUDO_PARAMETERS.containsKey(to)) {
            return text(at, PSEUDO_PARAMETERS.get(to));
        }
        if (parameter == null) {
            return symbol(at, to);
        }
        return parameter.isList() ? Node.list(at.place(), at.path(), parameter.items()) : text(at, parameter.text());
    }

    /** A thing of this stack that only AWS knows. A name that the template does not have is a problem. */
    private Node symbol(Node at, String reference) {
        String logicalId = reference.split("\\.", 2)[0];
        boolean known = template.get("Resources").has(logicalId)
                || template.get("Parameters").has(logicalId)
                || reference.startsWith("AWS::");
        if (!known) {
            problems.add(new Stack.Problem(at.place(), "there is no resource or parameter " + logicalId));
        }
        String type = template.at("Resources/" + logicalId + "/Type").text();
        boolean sameAsRef = SAME_AS_REF.contains(type + reference.substring(logicalId.length()));
        return text(at, "${" + name + ":" + (sameAsRef ? logicalId : reference) + "}");
    }

    private Node substituted(Node at, Node argument) {
        Node pattern = argument.isList() ? argument.item(0) : argument;
        Node variables = argument.isList() ? argument.item(1) : Node.absent(at.place(), at.path());
        Matcher matcher = SUBSTITUTION.matcher(pattern.text());
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String reference = matcher.group(1);
            String replacement;
            if (reference.startsWith("!")) {
                replacement = "${" + reference.substring(1) + "}";
            } else if (variables.has(reference)) {
                replacement = value(variables.get(reference)).text();
            } else {
                Node referred = reference(at, reference.strip());
                replacement = referred.isList() ? String.join(",", referred.texts()) : referred.text();
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        matcher.appendTail(result);
        return text(at, result.toString());
    }

    private Node imported(Node at, String export) {
        Node value = exports.get(export);
        if (value == null) {
            problems.add(new Stack.Problem(
                    at.place(), "imports " + export + ", which no stack deployed before this one exports"));
            return text(at, "${import:" + export + "}");
        }
        return value.isList() ? Node.list(at.place(), at.path(), value.items()) : text(at, value.text());
    }

    private Node selected(Node at, int index, Node list) {
        Node item = list.item(index);
        if (item.isAbsent()) {
            problems.add(new Stack.Problem(
                    at.place(),
                    "selects item " + index + " of a list of " + list.items().size()));
            return text(at, "${nothing}");
        }
        return item;
    }

    private boolean condition(String condition, Node at) {
        Boolean known = conditions.get(condition);
        if (known != null) {
            return known;
        }
        Node expression = template.get("Conditions").get(condition);
        if (expression.isAbsent() || !conditionsAsked.add(condition)) {
            problems.add(new Stack.Problem(at.place(), "there is no condition " + condition));
            return false;
        }
        boolean result = holds(expression);
        conditions.put(condition, result);
        return result;
    }

    private boolean holds(Node expression) {
        String function =
                expression.keys().isEmpty() ? "" : expression.keys().iterator().next();
        Node argument = expression.get(function);
        return switch (function) {
            case "Fn::Equals" ->
                value(argument.item(0))
                        .toString()
                        .equals(value(argument.item(1)).toString());
            case "Fn::Not" -> !holds(argument.item(0));
            case "Fn::And" -> argument.items().stream().allMatch(this::holds);
            case "Fn::Or" -> argument.items().stream().anyMatch(this::holds);
            case "Condition" -> condition(argument.text(), expression);
            default -> {
                problems.add(new Stack.Problem(expression.place(), "this condition is not understood: " + expression));
                yield false;
            }
        };
    }

    private static Node text(Node at, String text) {
        return Node.text(at.place(), at.path(), text);
    }

    private static Node split(Node at, String separator, String text) {
        List<Node> items = new ArrayList<>();
        for (String item : text.isEmpty() ? new String[0] : text.split(Pattern.quote(separator), -1)) {
            items.add(Node.text(at.place(), at.path() + "/" + items.size(), item));
        }
        return Node.list(at.place(), at.path(), items);
    }
}
