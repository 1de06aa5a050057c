package io.tealdesk.infra.live;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * A service stack in moto as the template makes it, with what CodeDeploy does to it later. Made by API calls because
 * moto's CloudFormation skips CodeDeploy; only the stack's outputs are its own.
 */
// The SDK's methods take any number of builders.
@SuppressWarnings("unchecked")
class MotoDesk implements AutoCloseable {

    static final String REGION = "eu-central-1";

    private final Aws aws;
    private final String environment;
    private final Map<String, String> targetGroups = new LinkedHashMap<>();
    private final Map<String, String> rules = new LinkedHashMap<>();
    private final Map<String, String> listeners = new LinkedHashMap<>();

    MotoDesk(URI moto, String environment) {
        aws = new Aws(REGION, moto.toString());
        this.environment = environment;
        var network = network();
        for (var service : List.of("Backend", "Frontend")) {
            for (var color : List.of("Blue", "Green")) {
                targetGroups.put(service + color, targetGroup(service + color, network.get("Vpc")));
            }
        }
        var loadBalancer = aws.loadBalancer()
                .createLoadBalancer(
                        request -> request.name(stack()).subnets(network.get("SubnetA"), network.get("SubnetB")))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        listener(loadBalancer, "Production", 80);
        listener(loadBalancer, "Test", 8080);
        aws.ecs().createCluster(request -> request.clusterName(stack()));
        aws.codeDeploy()
                .createApplication(request -> request.applicationName(stack()).computePlatform(ComputePlatform.ECS));
        service("Backend");
        service("Frontend");
        aws.cloudFormation()
                .createStack(request -> request.stackName(stack())
                        .templateBody(template())
                        .parameters(
                                Parameter.builder()
                                        .parameterKey("BackendLiveColor")
                                        .parameterValue("blue")
                                        .build(),
                                Parameter.builder()
                                        .parameterKey("FrontendLiveColor")
                                        .parameterValue("blue")
                                        .build()));
    }

    String stack() {
        return "tealdesk-" + environment + "-service";
    }

    /** What CodeDeploy does to the rule of one listener when it shifts traffic. */
    void shift(String service, String listener, int blue, int green) {
        aws.loadBalancer()
                .modifyRule(request ->
                        request.ruleArn(rules.get(service + listener)).actions(forward(service, blue, green)));
    }

    /** The end of a deployment: another task set is primary, the old one is gone. */
    void promote(String service, String color) {
        var old = taskSets(service);
        var taskSet = taskSet(service, color);
        aws.ecs()
                .updateServicePrimaryTaskSet(request -> request.cluster(stack())
                        .service(service.toLowerCase(Locale.ROOT))
                        .primaryTaskSet(taskSet));
        old.forEach(arn -> aws.ecs()
                .deleteTaskSet(request -> request.cluster(stack())
                        .service(service.toLowerCase(Locale.ROOT))
                        .taskSet(arn)
                        .force(true)));
    }

    void startDeployment(String service) {
        aws.codeDeploy()
                .createDeployment(request -> request.applicationName(stack())
                        .deploymentGroupName(service + "-group")
                        .revision(revision -> revision.revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                                .appSpecContent(content -> content.content("version: 0.0"))));
    }

    String ruleArn(String service, String listener) {
        return String.valueOf(rules.get(service + listener));
    }

    /** Does what a printed repair says, with the very actions that are printed. */
    void run(String repair, List<Action> actions) {
        var ruleArn = repair.replaceFirst(".* --rule-arn (\\S+) .*", "$1");
        aws.loadBalancer().modifyRule(request -> request.ruleArn(ruleArn).actions(actions));
    }

    @Override
    public void close() {
        aws.close();
    }

    private Map<String, String> network() {
        var name = "tealdesk-" + environment + "-network";
        aws.cloudFormation().createStack(request -> request.stackName(name).templateBody("""
                Resources:
                  Vpc:
                    Type: AWS::EC2::VPC
                    Properties: {CidrBlock: 10.0.0.0/16}
                  SubnetA:
                    Type: AWS::EC2::Subnet
                    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-central-1a}
                  SubnetB:
                    Type: AWS::EC2::Subnet
                    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-central-1b}
                Outputs:
                  Vpc: {Value: !Ref Vpc}
                  SubnetA: {Value: !Ref SubnetA}
                  SubnetB: {Value: !Ref SubnetB}
                """));
        return ServiceStack.find(aws.cloudFormation(), name).orElseThrow().outputs();
    }

    private String targetGroup(String name, @Nullable String vpc) {
        return aws.loadBalancer()
                .createTargetGroup(request -> request.name(environment + "-" + name)
                        .protocol(ProtocolEnum.HTTP)
                        .port(3000)
                        .vpcId(vpc)
                        .targetType(TargetTypeEnum.IP))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private void listener(String loadBalancer, String name, int port) {
        var arn = aws.loadBalancer()
                .createListener(request -> request.loadBalancerArn(loadBalancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(port)
                        .defaultActions(Action.builder()
                                .type(ActionTypeEnum.FIXED_RESPONSE)
                                .fixedResponseConfig(fixed -> fixed.statusCode("404"))
                                .build()))
                .listeners()
                .getFirst()
                .listenerArn();
        listeners.put(name, arn);
        rule("Backend", name, 10, "/api/*");
        rule("Frontend", name, 100, "/*");
    }

    private void rule(String service, String listener, int priority, String path) {
        rules.put(
                service + listener,
                aws.loadBalancer()
                        .createRule(request -> request.listenerArn(listeners.get(listener))
                                .priority(priority)
                                .conditions(condition ->
                                        condition.field("path-pattern").pathPatternConfig(paths -> paths.values(path)))
                                .actions(forward(service, 100, 0)))
                        .rules()
                        .getFirst()
                        .ruleArn());
    }

    private Action forward(String service, int blue, int green) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(forward -> forward.targetGroups(
                        target -> target.targetGroupArn(targetGroups.get(service + "Blue"))
                                .weight(blue),
                        target -> target.targetGroupArn(targetGroups.get(service + "Green"))
                                .weight(green)))
                .build();
    }

    private void service(String name) {
        var service = name.toLowerCase(Locale.ROOT);
        aws.ecs()
                .registerTaskDefinition(request -> request.family(stack() + "-" + service)
                        .containerDefinitions(container ->
                                container.name(service).image("nginx").memory(128)));
        aws.ecs()
                .createService(request -> request.cluster(stack())
                        .serviceName(service)
                        .taskDefinition(stack() + "-" + service)
                        .desiredCount(1)
                        .deploymentController(controller -> controller.type(DeploymentControllerType.CODE_DEPLOY)));
        promote(name, "Blue");
        aws.codeDeploy()
                .createDeploymentGroup(request -> request.applicationName(stack())
                        .deploymentGroupName(name + "-group")
                        .serviceRoleArn("arn:aws:iam::123456789012:role/deploy")
                        .ecsServices(ecs -> ecs.clusterName(stack()).serviceName(service))
                        .loadBalancerInfo(info -> info.targetGroupPairInfoList(pair -> pair.targetGroups(
                                        blue -> blue.name(environment + "-" + name + "Blue"),
                                        green -> green.name(environment + "-" + name + "Green"))
                                .prodTrafficRoute(route -> route.listenerArns(listeners.get("Production")))
                                .testTrafficRoute(route -> route.listenerArns(listeners.get("Test"))))));
    }

    private String taskSet(String service, String color) {
        return aws.ecs()
                .createTaskSet(request -> request.cluster(stack())
                        .service(service.toLowerCase(Locale.ROOT))
                        .taskDefinition(stack() + "-" + service.toLowerCase(Locale.ROOT))
                        .loadBalancers(target -> target.targetGroupArn(targetGroups.get(service + color))
                                .containerName(service.toLowerCase(Locale.ROOT))
                                .containerPort(3000)))
                .taskSet()
                .taskSetArn();
    }

    private List<String> taskSets(String service) {
        return aws
                .ecs()
                .describeServices(request -> request.cluster(stack()).services(service.toLowerCase(Locale.ROOT)))
                .services()
                .getFirst()
                .taskSets()
                .stream()
                .map(TaskSet::taskSetArn)
                .toList();
    }

    /** The outputs as infra/cloudformation/service.yaml names them. */
    private String template() {
        var outputs = new LinkedHashMap<String, String>();
        for (var service : List.of("Backend", "Frontend")) {
            outputs.put(service + "ServiceName", service.toLowerCase(Locale.ROOT));
            outputs.put(service + "DeploymentGroup", service + "-group");
            for (var color : List.of("Blue", "Green")) {
                outputs.put(
                        service + color + "TargetGroupFullName",
                        String.valueOf(targetGroups.get(service + color)).replaceFirst(".*:", ""));
            }
        }
        outputs.put("ClusterName", stack());
        outputs.put("CodeDeployApplication", stack());
        listeners.forEach((name, arn) -> outputs.put(name + "ListenerArn", arn));
        return """
                Parameters:
                  BackendLiveColor: {Type: String}
                  FrontendLiveColor: {Type: String}
                Resources:
                  Topic: {Type: AWS::SNS::Topic}
                Outputs:
                """
                + outputs.entrySet().stream()
                        .map(output -> "  " + output.getKey() + ": {Value: '" + output.getValue() + "'}\n")
                        .collect(Collectors.joining());
    }
}
