package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.util.Map;

/** Starts tasks of a release, as processes or as containers. */
public interface Tasks extends AutoCloseable {

    /**
     * Starts a task and returns at once, long before it answers.
     *
     * @param changes environment variables that differ from the plan's, for drills
     */
    Task start(ServicePlan plan, Release release, Color color, int port, Map<String, String> changes)
            throws IOException;

    /**
     * Runs the release's backend in one of its modes, {@code migrate} or {@code prepare-database}, to its end.
     *
     * @return how it ended
     */
    CommandResult command(ServicePlan plan, Release release, String mode, Map<String, String> changes)
            throws IOException, InterruptedException;

    /** Whether the rehearsal ends: from then on nothing is started any more, and what dies has been ended. */
    boolean isClosed();

    /** Ends what still runs. */
    @Override
    void close();

    record CommandResult(int exitCode, String log) {}
}
