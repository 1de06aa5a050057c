package io.tealdesk.infra.rules;

/** The two halves of the product, each an image, a task definition and a deployment of its own. */
public enum Half {
    BACKEND("backend", "Backend", "", "Dockerfile.backend"),
    FRONTEND("frontend", "Frontend", "frontend/", "Dockerfile.frontend");

    /** The container, the compose service and the prefix of names. */
    public final String container;

    /** How logical ids in the templates begin. */
    final String prefix;

    public final String taskDefinition;
    public final String appSpec;
    final String buildSpec;
    final String dockerfile;

    Half(String container, String prefix, String folder, String dockerfile) {
        this.container = container;
        this.prefix = prefix;
        this.taskDefinition = folder + "taskdef.json";
        this.appSpec = folder + "appspec.yaml";
        this.buildSpec = folder + "buildspec.yml";
        this.dockerfile = dockerfile;
    }
}
