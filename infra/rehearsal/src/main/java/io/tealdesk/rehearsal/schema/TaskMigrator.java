package io.tealdesk.rehearsal.schema;

import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Tasks;
import io.tealdesk.rehearsal.world.World;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A release's backend in its mode {@code migrate}, as the pipeline runs it. */
public final class TaskMigrator implements Migrator {

    private final World world;
    private final Tasks tasks;
    private final ServicePlan backend;
    private final Release release;
    private final Map<String, String> changes;

    /** @param changes environment variables that differ from the plan's, for drills */
    public TaskMigrator(World world, Tasks tasks, ServicePlan backend, Release release, Map<String, String> changes) {
        this.world = world;
        this.tasks = tasks;
        this.backend = backend;
        this.release = release;
        this.changes = Map.copyOf(changes);
    }

    @Override
    public String release() {
        return release.id();
    }

    @Override
    public Outcome migrate(String database) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(changes);
        environment.putAll(world.leadingTo(database));
        Tasks.CommandResult result = tasks.command(backend, release, "migrate", environment);
        return new Outcome(result.exitCode(), result.log());
    }
}
