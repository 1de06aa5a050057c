package io.tealdesk.infra.live;

import io.tealdesk.infra.live.LiveService.Listener;
import io.tealdesk.infra.live.LiveService.Rule;
import io.tealdesk.infra.live.LiveService.TargetGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Asks the load balancer, ECS and CodeDeploy about a service of the stack. Changes nothing. */
class LiveServiceReader {

    private static final DeploymentStatus[] RUNNING = {
        DeploymentStatus.CREATED,
        DeploymentStatus.QUEUED,
        DeploymentStatus.IN_PROGRESS,
        DeploymentStatus.BAKING,
        DeploymentStatus.READY
    };

    private final ElasticLoadBalancingV2Client loadBalancer;
    private final EcsClient ecs;
    private final CodeDeployClient codeDeploy;

    LiveServiceReader(ElasticLoadBalancingV2Client loadBalancer, EcsClient ecs, CodeDeployClient codeDeploy) {
        this.loadBalancer = loadBalancer;
        this.ecs = ecs;
        this.codeDeploy = codeDeploy;
    }

    LiveService read(ServiceStack stack, String name) {
        var blue = targetGroup(stack.output(name + "BlueTargetGroupFullName"));
        var green = targetGroup(stack.output(name + "GreenTargetGroupFullName"));
        var application = stack.output("CodeDeployApplication");
        var group = stack.output(name + "DeploymentGroup");
        var pairs = pairs(application, group);
        var taskSets = taskSets(stack.output("ClusterName"), stack.output(name + "ServiceName"));
        var primary = primaryTargetGroup(taskSets);
        var rules = new ArrayList<Rule>();
        rules.addAll(rules(Listener.PRODUCTION, stack.output("ProductionListenerArn"), blue, green));
        rules.addAll(rules(Listener.TEST, stack.output("TestListenerArn"), blue, green));
        return new LiveService(
                name,
                blue,
                green,
                primary,
                primary == null ? 0 : healthyTargets(primary),
                taskSets.size(),
                rules,
                pairs.stream()
                        .flatMap(pair -> pair.targetGroups().stream())
                        .map(TargetGroupInfo::name)
                        .toList(),
                pairs.stream().flatMap(pair -> listeners(pair).stream()).toList(),
                runningDeployments(application, group));
    }

    /** A full name is the end of the ARN, "targetgroup/name/id"; the calls want the name. */
    private TargetGroup targetGroup(String fullName) {
        var name = fullName.split("/", 3)[1];
        var found = loadBalancer
                .describeTargetGroups(request -> request.names(name))
                .targetGroups()
                .getFirst();
        return new TargetGroup(name, found.targetGroupArn());
    }

    private int healthyTargets(String targetGroupArn) {
        return (int)
                loadBalancer
                        .describeTargetHealth(request -> request.targetGroupArn(targetGroupArn))
                        .targetHealthDescriptions()
                        .stream()
                        .filter(target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                        .count();
    }

    private List<Rule> rules(Listener listener, String listenerArn, TargetGroup blue, TargetGroup green) {
        var rules = new ArrayList<Rule>();
        for (var rule : loadBalancer
                .describeRulesPaginator(request -> request.listenerArn(listenerArn))
                .rules()) {
            var weights = weights(rule.actions());
            if (weights.containsKey(blue.arn()) || weights.containsKey(green.arn())) {
                rules.add(new Rule(listener, listenerArn, rule.ruleArn(), rule.isDefault(), weights));
            }
        }
        return rules;
    }

    private static Map<String, Integer> weights(List<Action> actions) {
        var weights = new LinkedHashMap<String, Integer>();
        for (var action : actions) {
            if (action.forwardConfig() != null && action.forwardConfig().hasTargetGroups()) {
                for (var target : action.forwardConfig().targetGroups()) {
                    // A single target group may stand without a weight.
                    weights.put(target.targetGroupArn(), target.weight() == null ? 1 : target.weight());
                }
            } else if (action.targetGroupArn() != null) {
                weights.put(action.targetGroupArn(), 1);
            }
        }
        return weights;
    }

    private List<TaskSet> taskSets(String cluster, String service) {
        return ecs.describeServices(request -> request.cluster(cluster).services(service)).services().stream()
                .flatMap(found -> found.taskSets().stream())
                .toList();
    }

    private static @Nullable String primaryTargetGroup(List<TaskSet> taskSets) {
        return taskSets.stream()
                .filter(taskSet -> "PRIMARY".equals(taskSet.status()))
                .flatMap(taskSet -> taskSet.loadBalancers().stream())
                .map(software.amazon.awssdk.services.ecs.model.LoadBalancer::targetGroupArn)
                .findFirst()
                .orElse(null);
    }

    private List<TargetGroupPairInfo> pairs(String application, String group) {
        return codeDeploy
                .getDeploymentGroup(
                        request -> request.applicationName(application).deploymentGroupName(group))
                .deploymentGroupInfo()
                .loadBalancerInfo()
                .targetGroupPairInfoList();
    }

    private static List<String> listeners(TargetGroupPairInfo pair) {
        var listeners = new ArrayList<String>();
        for (TrafficRoute route : new TrafficRoute[] {pair.prodTrafficRoute(), pair.testTrafficRoute()}) {
            if (route != null) {
                listeners.addAll(route.listenerArns());
            }
        }
        return listeners;
    }

    private List<String> runningDeployments(String application, String group) {
        return codeDeploy
                .listDeploymentsPaginator(request -> request.applicationName(application)
                        .deploymentGroupName(group)
                        .includeOnlyStatuses(RUNNING))
                .deployments()
                .stream()
                .toList();
    }
}
