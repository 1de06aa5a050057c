package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.replace;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.BACKEND_GROUP;
import static io.tealdesk.infra.rules.Breakages.BACKEND_SERVICE;
import static io.tealdesk.infra.rules.Breakages.BACKEND_SPEC;
import static io.tealdesk.infra.rules.Breakages.BACKEND_TASK;
import static io.tealdesk.infra.rules.Breakages.FRONTEND_GROUP;
import static io.tealdesk.infra.rules.Breakages.NGINX;
import static io.tealdesk.infra.rules.Breakages.SERVICE;
import static io.tealdesk.infra.rules.Breakages.SETTINGS;

import java.util.List;

/** Services, listeners, target groups, hooks. */
final class BlueGreenBreakages {

    private BlueGreenBreakages() {}

    static List<Breakage> all() {
        return List.of(
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DeploymentConfiguration",
                        "{\"DeploymentCircuitBreaker\": {\"Enable\": true, \"Rollback\": true}}",
                        "DeploymentCircuitBreaker needs the deployment controller ECS"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DeploymentConfiguration",
                        "{\"Alarms\": {\"Enable\": true}}",
                        "Alarms needs the deployment controller ECS"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "TaskDefinition",
                        "{\"Ref\": \"BackendTaskDefinition\"}",
                        "refers to a revision of BackendTaskDefinition"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DesiredCount",
                        "2",
                        "DesiredCount is fixed"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DeploymentController/Type",
                        "ECS",
                        "the deployment controller is ECS"),
                remove(
                        "task-definition-kept",
                        SERVICE,
                        "Resources/BackendTaskDefinition/UpdateReplacePolicy",
                        "has no UpdateReplacePolicy: Retain"),
                set(
                        "target-group-pair",
                        SERVICE,
                        BACKEND_GROUP + "LoadBalancerInfo/TargetGroupPairInfoList/0/TargetGroups/1/Name",
                        "{\"Fn::GetAtt\": [\"FrontendGreenTargetGroup\", \"TargetGroupName\"]}",
                        "FrontendGreenTargetGroup is in the pairs of"),
                set(
                        "target-group-pair",
                        SERVICE,
                        BACKEND_GROUP + "LoadBalancerInfo/TargetGroupPairInfoList/0/TestTrafficRoute/ListenerArns",
                        "[{\"Ref\": \"ProductionListener\"}]",
                        "test and production are one listener"),
                set(
                        "target-group-pair",
                        SERVICE,
                        BACKEND_GROUP + "LoadBalancerInfo/TargetGroupPairInfoList/0/ProdTrafficRoute/ListenerArns",
                        "[]",
                        "ProdTrafficRoute of BackendDeploymentGroup names []"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "DeploymentStyle/DeploymentOption",
                        "WITHOUT_TRAFFIC_CONTROL",
                        "DeploymentStyle of BackendDeploymentGroup"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "BlueGreenDeploymentConfiguration/DeploymentReadyOption/ActionOnTimeout",
                        "STOP_DEPLOYMENT",
                        "ActionOnTimeout of BackendDeploymentGroup is STOP_DEPLOYMENT"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess",
                        "{\"Action\": \"KEEP_ALIVE\"}",
                        "ECS knows TERMINATE only"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP
                                + "BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess/TerminationWaitTimeInMinutes",
                        "0",
                        "TerminationWaitTimeInMinutes of BackendDeploymentGroup is 0"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "AutoRollbackConfiguration/Events",
                        "[\"DEPLOYMENT_FAILURE\"]",
                        "rolls back on [DEPLOYMENT_FAILURE]"),
                set(
                        "one-load-balancer-for-both-colours",
                        SERVICE,
                        "Resources/BackendGreenTargetGroup/Properties/HealthCheckPath",
                        "/actuator/health",
                        "HealthCheckPath is /actuator/health/readiness in BackendBlueTargetGroup"),
                set(
                        "listener-defaults",
                        SERVICE,
                        "Resources/ProductionListener/Properties/DefaultActions",
                        "[{\"Type\": \"forward\", \"TargetGroupArn\": {\"Ref\": \"FrontendBlueTargetGroup\"}}]",
                        "the default of ProductionListener is forward"),
                remove(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Actions/0/ForwardConfig/TargetGroups/1",
                        "the rule BackendProductionRule forwards to [${service:BackendBlueTargetGroup}]"),
                set(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Actions/0/ForwardConfig/TargetGroups/1/Weight",
                        "100",
                        "the weights of BackendProductionRule are [100, 100]"),
                set(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Actions/0/ForwardConfig/TargetGroupStickinessConfig",
                        "{\"Enabled\": true, \"DurationSeconds\": 60}",
                        "is sticky"),
                set(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendTestRule/Properties/Actions/0/ForwardConfig/TargetGroups",
                        "[{\"TargetGroupArn\": {\"Ref\": \"BackendBlueTargetGroup\"}, \"Weight\": 0}, {\"TargetGroupArn\": {\"Ref\": \"BackendGreenTargetGroup\"}, \"Weight\": 100}]",
                        "the rules of backend point at different colours"),
                set(
                        "rules-mirrored",
                        SERVICE,
                        "Resources/BackendTestRule/Properties/Conditions/0/PathPatternConfig/Values",
                        "[\"/api/*\", \"/actuator/health\"]",
                        "the test listener does not route [/api] to backend"),
                set(
                        "rules-mirrored",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Conditions/0/PathPatternConfig/Values",
                        "[\"/api\", \"/api/*\", \"/actuator/health\"]",
                        "production shows /actuator/health to everybody"),
                remove(
                        "rules-mirrored",
                        SERVICE,
                        "Resources/FrontendProductionRule",
                        "no rule of the production listener forwards to frontend"),
                set(
                        "rule-priorities",
                        SERVICE,
                        "Resources/FrontendProductionRule/Properties/Priority",
                        "10",
                        "both have priority 10"),
                set(
                        "rule-priorities",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Priority",
                        "200",
                        "comes after FrontendProductionRule, which takes every path"),
                set(
                        "service-after-its-rules",
                        SERVICE,
                        "Resources/BackendService/DependsOn",
                        "[\"BackendTaskDefinition\", \"BackendTestRule\"]",
                        "does not wait for BackendProductionRule"),
                replace(
                        "health-check-of-the-target-group",
                        NGINX,
                        "location = /healthz",
                        "location = /health",
                        "FrontendBlueTargetGroup asks for /healthz, which frontend does not have"),
                set(
                        "health-check-of-the-target-group",
                        SERVICE,
                        "Resources/BackendBlueTargetGroup/Properties/HealthCheckIntervalSeconds",
                        "60",
                        "takes 120 s to call a task healthy"),
                set(
                        "health-check-of-the-target-group",
                        SERVICE,
                        BACKEND_SERVICE + "HealthCheckGracePeriodSeconds",
                        "10",
                        "is given 10 s of grace"),
                set(
                        "health-check-of-the-target-group",
                        SETTINGS,
                        "management/endpoint/health/group/readiness/include",
                        "readinessState,db",
                        "readiness includes the database"),
                set(
                        "drain",
                        SERVICE,
                        "Resources/BackendBlueTargetGroup/Properties/TargetGroupAttributes",
                        "[]",
                        "BackendBlueTargetGroup drains for 300 s"),
                remove(
                        "alarms-on-both-colours",
                        SERVICE,
                        BACKEND_GROUP + "AlarmConfiguration",
                        "is watched by no alarm"),
                set(
                        "alarms-on-both-colours",
                        SERVICE,
                        BACKEND_GROUP + "AlarmConfiguration/Alarms",
                        "[{\"Name\": {\"Ref\": \"BackendBlueServerErrorsAlarm\"}}]",
                        "no alarm of BackendDeploymentGroup watches BackendGreenTargetGroup"),
                set(
                        "alarms-on-both-colours",
                        SERVICE,
                        "Resources/BackendGreenServerErrorsAlarm/Properties/TreatMissingData",
                        "breaching",
                        "treats missing data as breaching"),
                set(
                        "alarms-on-both-colours",
                        SERVICE,
                        "Resources/BackendBlueUnhealthyAlarm/Properties/MetricName",
                        "HealthyHostCount",
                        "counts healthy hosts"),
                set(
                        "traffic-shifting",
                        SERVICE,
                        BACKEND_GROUP + "DeploymentConfigName",
                        "CodeDeployDefault.ECSAllAtOnce",
                        "the backend is shifted all at once"),
                set(
                        "traffic-shifting",
                        SERVICE,
                        FRONTEND_GROUP + "DeploymentConfigName",
                        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                        "the frontend is shifted in steps"),
                set(
                        "hooks-exist",
                        BACKEND_SPEC,
                        "Hooks/0/AfterAllowTestTraffic",
                        "tealdesk-smoke-test",
                        "calls tealdesk-smoke-test, which is no function of the service stack"),
                set(
                        "hooks-exist",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Timeout",
                        "3",
                        "runs for at most 3 s"),
                remove(
                        "hooks-exist",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=Report]",
                        "may not report to CodeDeploy"),
                replace(
                        "hooks-exist",
                        SERVICE,
                        "(Sid: CallHook\\s+Effect: Allow\\s+Action: )lambda:InvokeFunction",
                        "$1lambda:GetFunction",
                        "CodeDeploy's role may not call SmokeTestFunction"),
                remove(
                        "hook-environment",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Environment/Variables/TEST_URL",
                        "reads TEST_URL, which no function in service.yaml is given"),
                set(
                        "hook-environment",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Environment/Variables/TESTURL",
                        "x",
                        "no hook reads TESTURL"),
                set(
                        "hook-environment",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Handler",
                        "io.tealdesk.hooks.Smoke::handleRequest",
                        "there is no infra/hooks/src/main/java/io/tealdesk/hooks/Smoke.java"),
                remove(
                        "autoscaling-pauses",
                        SERVICE,
                        "Resources/BackendScalableTarget",
                        "BackendService has 0 scalable targets"),
                set(
                        "autoscaling-pauses",
                        SERVICE,
                        "Resources/BackendScalableTarget/Properties/MaxCapacity",
                        "0",
                        "scales between"),
                remove(
                        "autoscaling-pauses",
                        SERVICE,
                        "Resources/ScalingPausePolicy",
                        "nothing in the stack may pause autoscaling"),
                set(
                        "smoke-test-address",
                        SERVICE,
                        "Resources/TestListener/Properties/Port",
                        "9443",
                        "but TestListener is HTTPS on port 9443"),
                set(
                        "smoke-test-address",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Environment/Variables/PRODUCTION_URL",
                        "https://desk.example.com",
                        "is https://desk.example.com"),
                set(
                        "smoke-test-address",
                        BACKEND_TASK,
                        "containerDefinitions/0/environment/[name=TEALDESK_SYNTHETIC_CUSTOMER_SECRET]/value",
                        "<TEALDESK_SMTP_SECRET>",
                        "SYNTHETIC_CUSTOMER_SECRET of the smoke test is"));
    }
}
