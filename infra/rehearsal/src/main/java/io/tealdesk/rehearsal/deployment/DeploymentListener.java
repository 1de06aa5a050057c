package io.tealdesk.rehearsal.deployment;

/** Is told of a deployment's steps before they are taken, on the deployment's own thread: drills wait here. */
public interface DeploymentListener {

    DeploymentListener NONE = new DeploymentListener() {};

    default void entering(Stage stage, Deployment deployment) throws InterruptedException {}

    /** So many percent of production's requests go to green from now on. */
    default void shifted(int greenPercent, Deployment deployment) throws InterruptedException {}
}
