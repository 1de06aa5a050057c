package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.replace;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.BACKEND_IMAGE;
import static io.tealdesk.infra.rules.Breakages.BACKEND_SERVICE;
import static io.tealdesk.infra.rules.Breakages.BACKEND_SPEC;
import static io.tealdesk.infra.rules.Breakages.BACKEND_TASK;
import static io.tealdesk.infra.rules.Breakages.BUILD;
import static io.tealdesk.infra.rules.Breakages.COMPOSE;
import static io.tealdesk.infra.rules.Breakages.CONTAINER;
import static io.tealdesk.infra.rules.Breakages.FRONTEND_IMAGE;
import static io.tealdesk.infra.rules.Breakages.FRONTEND_TASK;
import static io.tealdesk.infra.rules.Breakages.NGINX;
import static io.tealdesk.infra.rules.Breakages.PRODUCTION;
import static io.tealdesk.infra.rules.Breakages.SERVICE;
import static io.tealdesk.infra.rules.Breakages.SETTINGS;
import static io.tealdesk.infra.rules.Breakages.TARGET;

import java.util.List;

/** Task definitions, application specifications, settings. */
final class TaskBreakages {

    private TaskBreakages() {}

    static List<Breakage> all() {
        return List.of(
                set(
                        "container-name",
                        BACKEND_SPEC,
                        TARGET + "LoadBalancerInfo/ContainerName",
                        "api",
                        "ContainerName is api, but the container in taskdef.json is backend"),
                set(
                        "container-name",
                        SERVICE,
                        "Resources/BackendTaskDefinition/Properties/ContainerDefinitions/0/Name",
                        "app",
                        "has other containers than taskdef.json"),
                set(
                        "container-port",
                        BACKEND_SPEC,
                        TARGET + "LoadBalancerInfo/ContainerPort",
                        "8080",
                        "ContainerPort is 8080, but containerPort in taskdef.json is 3000"),
                set(
                        "container-port",
                        SERVICE,
                        "Resources/BackendGreenTargetGroup/Properties/Port",
                        "3001",
                        "Port of BackendGreenTargetGroup is 3001"),
                set(
                        "container-port",
                        SERVICE,
                        BACKEND_SERVICE + "LoadBalancers/0/ContainerPort",
                        "80",
                        "the service's ContainerPort is 80"),
                replace("container-port", BACKEND_IMAGE, "^EXPOSE 3000", "EXPOSE 8080", "does not expose 3000"),
                set("container-port", SETTINGS, "server/port", "8080", "server.port is 8080"),
                replace("container-port", NGINX, "listen 80 ", "listen 8080 ", "Nginx does not listen on 80"),
                remove("container-port", FRONTEND_TASK, CONTAINER + "systemControls", "is a privileged one"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        TARGET + "TaskDefinition",
                        "tealdesk-backend:1",
                        "TaskDefinition is tealdesk-backend:1"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        TARGET + "Loadbalancer",
                        "{}",
                        "has no key Loadbalancer"),
                set("application-specification", BACKEND_SPEC, "version", "1.0", "version is 1.0"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        "Hooks",
                        "[{\"ApplicationStart\": \"x\"}]",
                        "the hooks of an ECS deployment has no key ApplicationStart"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        TARGET + "LoadBalancerInfo/ContainerPort",
                        "\"3000\"",
                        "ContainerPort is a text"),
                set(
                        "application-specification",
                        SERVICE,
                        BACKEND_SERVICE + "CapacityProviderStrategy",
                        "[{\"CapacityProvider\": \"FARGATE_SPOT\"}]",
                        "which CodeDeploy drops"),
                remove("task-is-locked-down", BACKEND_TASK, CONTAINER + "user", "runs as the image's user"),
                set(
                        "task-is-locked-down",
                        BACKEND_TASK,
                        CONTAINER + "readonlyRootFilesystem",
                        "false",
                        "may write to its root file system"),
                set(
                        "task-is-locked-down",
                        FRONTEND_TASK,
                        CONTAINER + "linuxParameters/capabilities",
                        "{\"add\": [\"SYS_PTRACE\"]}",
                        "keeps capabilities"),
                set("task-is-locked-down", FRONTEND_TASK, CONTAINER + "privileged", "true", "is given privileges"),
                set(
                        "user-of-the-image",
                        BACKEND_TASK,
                        CONTAINER + "user",
                        "\"1000:1000\"",
                        "but taskdef.json runs it as 1000:1000"),
                set(
                        "fargate-size",
                        BACKEND_TASK,
                        "memory",
                        "\"512\"",
                        "Fargate has no task of 512 CPU units and 512 MiB"),
                set("fargate-size", BACKEND_TASK, "networkMode", "bridge", "Fargate knows awsvpc only"),
                remove("health-command", BACKEND_TASK, CONTAINER + "healthCheck", "the container has no healthCheck"),
                set(
                        "health-command",
                        BACKEND_TASK,
                        CONTAINER + "healthCheck/command",
                        "[\"CMD-SHELL\", \"curl localhost\"]",
                        "needs a shell"),
                replace(
                        "health-command",
                        BACKEND_IMAGE,
                        "CMD \\[\"/app/healthcheck\"\\]",
                        "CMD [\"/app/check\"]",
                        "HEALTHCHECK of Dockerfile.backend runs [/app/check]"),
                replace("health-command", FRONTEND_IMAGE, "HEALTH_PORT=80", "HEALTH_PORT=8080", "HEALTH_PORT is 8080"),
                replace(
                        "health-command",
                        FRONTEND_IMAGE,
                        "HEALTH_PATH=/healthz",
                        "HEALTH_PATH=/health",
                        "HEALTH_PATH is /health"),
                set(
                        "health-command",
                        BACKEND_TASK,
                        CONTAINER + "healthCheck/timeout",
                        "10",
                        "the timeout is not shorter than the interval"),
                set("writable-paths", BACKEND_TASK, CONTAINER + "mountPoints", "[]", "/tmp is not writable"),
                set(
                        "writable-paths",
                        BACKEND_TASK,
                        "volumes",
                        "[{\"name\": \"scratch\"}]",
                        "mounts the volume tmp, which the task does not have"),
                replace(
                        "writable-paths",
                        BACKEND_IMAGE,
                        "^VOLUME .*",
                        "",
                        "Dockerfile.backend does not declare /tmp as VOLUME"),
                replace(
                        "writable-paths",
                        NGINX,
                        "^pid /tmp/nginx.pid",
                        "pid /run/nginx.pid",
                        "Nginx writes to /run/nginx.pid"),
                set(
                        "variables-are-read",
                        BACKEND_TASK,
                        CONTAINER + "environment/+",
                        "{\"name\": \"TEALDESK_BUCKET\", \"value\": \"x\"}",
                        "the backend reads no variable TEALDESK_BUCKET"),
                set(
                        "variables-are-read",
                        PRODUCTION,
                        "tealdesk/secrets/webhooks",
                        "${TEALDESK_WEBHOOK_SECRET}",
                        "needs TEALDESK_WEBHOOK_SECRET, which the task definition does not give"),
                set(
                        "variables-are-read",
                        BACKEND_TASK,
                        CONTAINER + "environment/[name=SPRING_PROFILES_ACTIVE]/value",
                        "embedded",
                        "does not run the profile production"),
                set(
                        "secrets-by-reference",
                        BACKEND_TASK,
                        CONTAINER + "environment/[name=TEALDESK_DATABASE_SECRET]/value",
                        "hunter2",
                        "TEALDESK_DATABASE_SECRET is written as a value"),
                set(
                        "secrets-by-reference",
                        BUILD,
                        "env/variables",
                        "{\"GITHUB_TOKEN\": \"ghp_abc\"}",
                        "GITHUB_TOKEN is written as a value"),
                set(
                        "secrets-by-reference",
                        COMPOSE,
                        "services/backend/environment/SPRING_DATASOURCE_PASSWORD",
                        "Xk29fj",
                        "that could be a real one"),
                set(
                        "stop-in-time",
                        BACKEND_TASK,
                        CONTAINER + "stopTimeout",
                        "30",
                        "stopTimeout is 30 s, but the backend"),
                set("stop-in-time", BACKEND_TASK, CONTAINER + "stopTimeout", "300", "Fargate waits 120 s at most"),
                replace("stop-in-time", FRONTEND_IMAGE, "^STOPSIGNAL SIGQUIT", "", "Nginx is stopped by SIGTERM"),
                replace(
                        "stop-in-time",
                        BACKEND_IMAGE,
                        "^ENTRYPOINT .*",
                        "ENTRYPOINT java -jar tealdesk.jar",
                        "ENTRYPOINT runs a shell"),
                replace(
                        "stop-in-time",
                        NGINX,
                        "worker_shutdown_timeout 30s",
                        "worker_shutdown_timeout 90s",
                        "stopTimeout is 60 s, but worker_shutdown_timeout is 90 s (frontend/nginx/nginx.conf:"),
                set(
                        "stop-in-time",
                        FRONTEND_TASK,
                        CONTAINER + "stopTimeout",
                        "2",
                        "stopTimeout is 2 s, but worker_shutdown_timeout is 30 s"),
                set(
                        "keep-alive",
                        SETTINGS,
                        "server/tomcat/keep-alive-timeout",
                        "60s",
                        "keeps an idle connection for 60 s, but the backend closes it after 60 s ("),
                replace(
                        "keep-alive",
                        NGINX,
                        "keepalive_timeout 75s",
                        "keepalive_timeout 30s",
                        "keeps an idle connection for 60 s, but Nginx closes it after 30 s (frontend/nginx/nginx.conf:"),
                set(
                        "placeholders-of-the-image",
                        BACKEND_TASK,
                        CONTAINER + "image",
                        "tealdesk-backend:latest",
                        "would run something else than was built"));
    }
}
