package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.HookPlan;
import io.tealdesk.rehearsal.plan.LifecycleEvent;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.plan.ServicePlan.RollbackTrigger;
import io.tealdesk.rehearsal.plan.TrafficShift;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One blue/green deployment of one service, in CodeDeploy's documented order. An instance is good for one run. */
public final class Deployment {

    /** A replacement task set has to be well within an hour (CodeDeploy user guide, limits). */
    private static final Duration INSTALL_WITHIN = Duration.ofMinutes(60);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Cluster cluster;
    private final ServicePlan plan;
    private final TaskSet blue;
    private final Release release;
    private final Map<String, String> changes;
    private final Hooks hooks;
    private final DeploymentListener listener;
    private final String id =
            "d-" + UUID.randomUUID().toString().substring(0, 9).toUpperCase(Locale.ROOT);
    private final CompletableFuture<Halt> halt = new CompletableFuture<>();
    private Leniency leniency = Leniency.NONE;
    private volatile @Nullable TaskSet green;

    /**
     * @param blue the tasks that serve now
     * @param changes green's environment variables that differ from the plan's, for drills
     */
    public Deployment(
            Cluster cluster,
            ServicePlan plan,
            TaskSet blue,
            Release release,
            Map<String, String> changes,
            Hooks hooks,
            DeploymentListener listener) {
        this.cluster = cluster;
        this.plan = plan;
        this.blue = blue;
        this.release = release;
        this.changes = Map.copyOf(changes);
        this.hooks = hooks;
        this.listener = listener;
    }

    /** For drills, before {@link #run}. */
    public Deployment with(Leniency less) {
        leniency = less;
        return this;
    }

    public ServicePlan plan() {
        return plan;
    }

    public TaskSet blue() {
        return blue;
    }

    /** Null before Install. */
    public @Nullable TaskSet green() {
        return green;
    }

    /** As an operator does: the deployment goes back if its group says so. */
    public void stop() {
        halt.complete(new Halt(RollbackTrigger.DEPLOYMENT_STOP_ON_REQUEST, "An operator stopped the deployment."));
    }

    /** Goes forward, and back where something says so; returns when nothing of it moves any more. */
    public Outcome run() throws InterruptedException {
        AlarmWatch alarms = new AlarmWatch(cluster, plan, this::wasStarting);
        try (alarms) {
            alarms.onAlarm(reason -> halt.complete(new Halt(RollbackTrigger.DEPLOYMENT_STOP_ON_ALARM, reason)));
            goForward();
        } catch (Halt e) {
            alarms.close();
            return goBack(e);
        }
        // Once blue is being ended there is no way back, whatever an alarm says.
        endBlue();
        cluster.recording().event(Event.Kind.TRAFFIC, plan.name().toString(), "The deployment succeeded.");
        return new Outcome(plan.name(), Outcome.Result.SUCCEEDED, "", killed());
    }

    private void goForward() throws Halt, InterruptedException {
        enter(Stage.BEFORE_INSTALL);
        callHooks(LifecycleEvent.BEFORE_INSTALL);
        enter(Stage.INSTALL);
        install();
        enter(Stage.AFTER_INSTALL);
        callHooks(LifecycleEvent.AFTER_INSTALL);
        enter(Stage.ALLOW_TEST_TRAFFIC);
        weigh(ListenerName.TEST, 100);
        enter(Stage.AFTER_ALLOW_TEST_TRAFFIC);
        callHooks(LifecycleEvent.AFTER_ALLOW_TEST_TRAFFIC);
        enter(Stage.BEFORE_ALLOW_TRAFFIC);
        callHooks(LifecycleEvent.BEFORE_ALLOW_TRAFFIC);
        enter(Stage.ALLOW_TRAFFIC);
        shift();
        enter(Stage.AFTER_ALLOW_TRAFFIC);
        callHooks(LifecycleEvent.AFTER_ALLOW_TRAFFIC);
        enter(Stage.TERMINATION_WAIT);
        pause(plan.terminationWait());
    }

    private void enter(Stage stage) throws Halt, InterruptedException {
        checkHalt();
        begin(stage);
        checkHalt();
    }

    private void begin(Stage stage) throws InterruptedException {
        cluster.recording().phase(plan.name().toString(), stage.title(), stage.group());
        listener.entering(stage, this);
    }

    private void install() throws Halt, InterruptedException {
        TaskSet started;
        try {
            started = TaskSet.start(cluster, plan, release, blue.color().other(), changes);
        } catch (IOException e) {
            throw failure("Green's tasks could not be started: " + e.getMessage());
        }
        green = started;
        // With all at once CodeDeploy has the load balancer check green only after the shift; see service.yaml.
        boolean balancerCounts = !(plan.shift() instanceof TrafficShift.AllAtOnce);
        long deadline =
                System.nanoTime() + cluster.compression().of(INSTALL_WITHIN).toNanos();
        while (!leniency.installsBlindly() && !started.isSteady(balancerCounts)) {
            if (System.nanoTime() > deadline) {
                throw failure(
                        "Green's tasks did not become healthy within " + INSTALL_WITHIN.toMinutes() + " minutes.");
            }
            waitFor(LOOK);
        }
    }

    private void shift() throws Halt, InterruptedException {
        switch (plan.shift()) {
            case TrafficShift.AllAtOnce ignored -> weigh(ListenerName.PRODUCTION, 100);
            case TrafficShift.Canary canary -> {
                weigh(ListenerName.PRODUCTION, canary.percent());
                pause(canary.pause());
                weigh(ListenerName.PRODUCTION, 100);
            }
            case TrafficShift.Linear linear -> {
                for (int share = linear.percent(); share < 100; share += linear.percent()) {
                    weigh(ListenerName.PRODUCTION, share);
                    pause(linear.interval());
                }
                weigh(ListenerName.PRODUCTION, 100);
            }
        }
    }

    private void weigh(ListenerName where, int greenPercent) throws InterruptedException {
        Color newColor = blue.color().other();
        cluster.balancer()
                .weights(where, plan.name(), Map.of(newColor, greenPercent, blue.color(), 100 - greenPercent));
        if (where == ListenerName.PRODUCTION) {
            listener.shifted(greenPercent, this);
        }
    }

    private void callHooks(LifecycleEvent event) throws Halt, InterruptedException {
        for (HookPlan hook : plan.hooks()) {
            if (hook.event() == event) {
                call(hook);
            }
        }
    }

    private void call(HookPlan hook) throws Halt, InterruptedException {
        Duration limit = cluster.compression().of(HookPlan.REPORT_WITHIN);
        CompletableFuture<Boolean> report = hooks.call(hook, id);
        CompletableFuture<Object> either = CompletableFuture.anyOf(report, halt);
        String title = hook.event().title();
        try {
            either.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            checkHalt();
            if (!report.get()) {
                throw failure("The hook of " + title + " reported Failed.");
            }
        } catch (TimeoutException e) {
            String silence = "The hook of " + title + " did not report within " + HookPlan.REPORT_WITHIN.toMinutes()
                    + " minutes.";
            if (!leniency.takesSilenceForSuccess()) {
                throw failure(silence);
            }
            cluster.recording().event(Event.Kind.HOOK, plan.name().toString(), silence + " That is let pass.");
            return;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failure("The hook of " + title + " could not be called: " + cause.getMessage());
        }
        cluster.recording().event(Event.Kind.HOOK, plan.name().toString(), title + " reported Succeeded.");
    }

    private void endBlue() throws InterruptedException {
        begin(Stage.DRAIN);
        blue.drain();
        begin(Stage.STOP);
        blue.stop();
        cluster.recording().end();
    }

    private Outcome goBack(Halt cause) throws InterruptedException {
        String subject = plan.name().toString();
        if (!plan.rollbackOn().contains(cause.trigger())) {
            cluster.recording()
                    .event(Event.Kind.ROLLBACK, subject, cause.reason() + " The group plans no way back for it.");
            return new Outcome(plan.name(), Outcome.Result.FAILED, cause.reason(), killed());
        }
        cluster.recording().event(Event.Kind.ROLLBACK, subject, cause.reason());
        begin(Stage.ROLLBACK);
        TaskSet gone = green;
        if (gone != null && leniency.killsWithoutDraining()) {
            gone.kill();
        }
        weigh(ListenerName.PRODUCTION, 0);
        weigh(ListenerName.TEST, 0);
        if (gone != null) {
            gone.end();
        }
        cluster.recording().event(Event.Kind.ROLLBACK, subject, "All traffic is back on " + blue.color() + ".");
        cluster.recording().end();
        return new Outcome(plan.name(), Outcome.Result.ROLLED_BACK, cause.reason(), killed());
    }

    private List<String> killed() {
        List<String> names = new ArrayList<>(blue.killed());
        TaskSet started = green;
        if (started != null) {
            names.addAll(started.killed());
        }
        return List.copyOf(names);
    }

    private boolean wasStarting(Color color, Instant from, Instant to) {
        TaskSet set = color == blue.color() ? blue : green;
        return set != null && set.wasStarting(from, to);
    }

    /** A wait of CodeDeploy's, which is compressed. */
    private void pause(Duration wait) throws Halt, InterruptedException {
        waitFor(cluster.compression().of(wait));
    }

    private void waitFor(Duration time) throws Halt, InterruptedException {
        try {
            throw halt.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Nothing happened, as hoped.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkHalt() throws Halt {
        Halt cause = halt.getNow(null);
        if (cause != null) {
            throw cause;
        }
    }

    private static Halt failure(String reason) {
        return new Halt(RollbackTrigger.DEPLOYMENT_FAILURE, reason);
    }
}
