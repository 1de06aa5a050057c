package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.balancer.DoorFault;
import io.tealdesk.rehearsal.balancer.Target;
import io.tealdesk.rehearsal.deployment.Deployment;
import io.tealdesk.rehearsal.deployment.TaskSet;
import io.tealdesk.rehearsal.drills.Drill.Plot;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.world.Task;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What goes wrong once people's requests reach green. */
final class Accidents {

    static final Plot UNHEALTHY = accident((scene, deployment) -> {
        for (Target target :
                scene.balancer().targets(ServiceName.BACKEND, green(deployment).color())) {
            scene.balancer().fault(target, DoorFault.UNAVAILABLE);
        }
    });

    static final Plot GREEN_KILLED = accident((scene, deployment) -> Later.run(() -> kill(scene, green(deployment))));

    static final Plot BLUE_KILLED = accident((scene, deployment) -> Later.run(() -> kill(scene, deployment.blue())));

    static final Plot DATABASE_GONE = accident((scene, deployment) -> Later.run(() -> {
        scene.say("PostgreSQL breaks down");
        scene.world().database().restart();
        scene.say("PostgreSQL is back");
    }));

    static final Plot STOPPED = accident((scene, deployment) -> Later.run(deployment::stop));

    static final Plot NO_RIGHTS = new Plot() {
        @Override
        public Incident begin(DrillScene scene) throws SQLException {
            GreenRole role = new GreenRole(scene);
            return new UnderCanary() {
                @Override
                public Map<String, String> greenEnvironment() {
                    return role.environment();
                }

                @Override
                void happen(Deployment deployment) {
                    Later.run(role::loseEverything);
                }
            };
        }
    };

    static final Plot SLOW = new Plot() {
        @Override
        public Incident begin(DrillScene scene) {
            return new Slowness(scene);
        }
    };

    private Accidents() {}

    private static void kill(DrillScene scene, TaskSet tasks) {
        for (Task task : tasks.tasks()) {
            scene.say(task.name() + " gets kill -9");
            task.kill();
        }
    }

    private static TaskSet green(Deployment deployment) {
        return Objects.requireNonNull(deployment.green(), "traffic has moved, so green is there");
    }

    private static Plot accident(Happening happening) {
        return new Plot() {
            @Override
            public Incident begin(DrillScene scene) {
                return new UnderCanary() {
                    @Override
                    void happen(Deployment deployment) {
                        happening.happen(scene, deployment);
                    }
                };
            }
        };
    }

    private interface Happening {
        void happen(DrillScene scene, Deployment deployment);
    }

    /** Ends with the deployment, so that green can end in its own time. */
    private static final class Slowness implements Incident {

        private final DrillScene scene;
        private @Nullable SlowTasks slow;

        Slowness(DrillScene scene) {
            this.scene = scene;
        }

        @Override
        public synchronized void shifted(int greenPercent, Deployment deployment) {
            if (greenPercent > 0 && slow == null) {
                slow = new SlowTasks(green(deployment));
                scene.say("Green gets a tenth of its CPU's time");
            } else if (greenPercent == 0) {
                close();
            }
        }

        @Override
        public synchronized void close() {
            if (slow != null) {
                slow.close();
            }
        }
    }
}
