package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.deployment.DeploymentListener;
import java.util.Map;

/** What goes wrong in one run of a drill. */
public interface Incident extends DeploymentListener, AutoCloseable {

    /** Nothing, beside what the drill has changed before it began. */
    Incident NONE = new Incident() {};

    /** Green's environment variables that differ from blue's. */
    default Map<String, String> greenEnvironment() {
        return Map.of();
    }

    /** Lets go of what it holds. */
    @Override
    default void close() {}
}
