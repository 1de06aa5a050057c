package io.tealdesk.rehearsal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.deployment.FakeTasks.FakeTask;
import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;
import io.tealdesk.rehearsal.plan.HookPlan;
import io.tealdesk.rehearsal.plan.LifecycleEvent;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.plan.ServicePlan.RollbackTrigger;
import io.tealdesk.rehearsal.plan.TaskPlan;
import io.tealdesk.rehearsal.plan.TrafficShift;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task.CpuPriority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentTests {

    private static final Duration CANARY = Duration.ofMinutes(5);
    private static final HookPlan HOOK =
            new HookPlan(LifecycleEvent.AFTER_ALLOW_TEST_TRAFFIC, "Hook", Duration.ofMinutes(5), Map.of());
    private static final AlarmPlan ALARM = new AlarmPlan(
            "BackendGreenServerErrorsAlarm",
            Map.of("m", new AlarmPlan.Metric("HTTPCode_Target_5XX_Count", "Sum", ServiceName.BACKEND, Color.GREEN)),
            null,
            Duration.ofSeconds(60),
            1,
            1,
            AlarmPlan.Comparison.GREATER_OR_EQUAL,
            5,
            AlarmPlan.MissingData.NOT_BREACHING,
            0);

    /** The system chooses: what the numbers are does not matter here. */
    private static final TaskPorts ANY_PORTS = (service, color, number) -> 0;

    private final Recording recording = new Recording(Clock.systemUTC());
    private final FakeBalancer balancer = new FakeBalancer();
    private final FakeTasks tasks = new FakeTasks();
    private TrafficShift shift = new TrafficShift.Canary(10, CANARY);
    private Hooks hooks = (hook, id) -> CompletableFuture.completedFuture(true);
    private Set<RollbackTrigger> rollbackOn = EnumSet.allOf(RollbackTrigger.class);
    private Map<String, String> changes = Map.of();
    private Map<String, String> blueChanges = Map.of();
    private DeploymentListener listener = DeploymentListener.NONE;
    private Leniency leniency = Leniency.NONE;

    @AfterEach
    void end() {
        tasks.close();
    }

    @Test
    void goesThroughTheLifecycleInItsOrder() throws Exception {
        Outcome outcome = deploy();

        assertThat(outcome.result()).isEqualTo(Outcome.Result.SUCCEEDED);
        assertThat(outcome.killedTasks()).isEmpty();
        assertThat(recording.phases())
                .extracting(Phase::name)
                .containsExactly(
                        "BeforeInstall",
                        "Install",
                        "AfterInstall",
                        "AllowTestTraffic",
                        "AfterAllowTestTraffic",
                        "BeforeAllowTraffic",
                        "AllowTraffic",
                        "AfterAllowTraffic",
                        "TerminationWait",
                        "Drain",
                        "Stop");
        assertThat(balancer.calls.subList(0, 7))
                .containsExactly(
                        "register backend-blue-1",
                        "register backend-blue-2",
                        "register backend-green-1",
                        "register backend-green-2",
                        "TEST green 100 blue 0",
                        "PRODUCTION green 10 blue 90",
                        "PRODUCTION green 100 blue 0");
        assertThat(balancer.calls.subList(7, balancer.calls.size()))
                .containsExactlyInAnyOrder("deregister backend-blue-1", "deregister backend-blue-2");
        assertThat(tasks.started).filteredOn(FakeTask::isRunning).allMatch(task -> task.color() == Color.GREEN);
        assertThat(tasks.started.getLast().priorities).containsExactly(CpuPriority.LOW, CpuPriority.NORMAL);
    }

    @Test
    void comparesTheShiftWithTheTimeBeforeButNotGreensStart() throws Exception {
        deploy();

        assertThat(recording.phases())
                .filteredOn(phase -> phase.group() == Phase.Group.SHIFT)
                .extracting(Phase::name)
                .containsExactly("AllowTraffic", "AfterAllowTraffic", "TerminationWait", "Drain", "Stop");
    }

    @Test
    void keepsTheCanaryForItsCompressedTime() throws Exception {
        deploy();

        assertThat(lengthOf("AllowTraffic")).isBetween(Duration.ofMillis(120), Duration.ofMillis(1000));
    }

    @Test
    void shiftsInEqualSteps() throws Exception {
        shift = new TrafficShift.Linear(25, Duration.ofMinutes(1));

        deploy();

        assertThat(balancer.calls)
                .filteredOn(call -> call.startsWith("PRODUCTION"))
                .containsExactly(
                        "PRODUCTION green 25 blue 75",
                        "PRODUCTION green 50 blue 50",
                        "PRODUCTION green 75 blue 25",
                        "PRODUCTION green 100 blue 0");
        assertThat(lengthOf("AllowTraffic")).isGreaterThanOrEqualTo(Duration.ofMillis(72));
    }

    @Test
    void shiftsAllAtOnce() throws Exception {
        shift = new TrafficShift.AllAtOnce();

        deploy();

        assertThat(balancer.calls)
                .filteredOn(call -> call.startsWith("PRODUCTION"))
                .containsExactly("PRODUCTION green 100 blue 0");
    }

    @Test
    void goesBackBeforeTrafficWhenGreenNeverBecomesHealthy() throws Exception {
        changes = Map.of(FakeTasks.SICK, "yes");

        Outcome outcome = deploy();

        assertRolledBack(outcome, "Green's tasks did not become healthy within 60 minutes.");
        assertThat(balancer.calls).doesNotContain("PRODUCTION green 10 blue 90", "TEST green 100 blue 0");
    }

    @Test
    void goesBackWhenTheHookReportsFailed() throws Exception {
        hooks = (hook, id) -> CompletableFuture.completedFuture(false);

        Outcome outcome = deploy();

        assertRolledBack(outcome, "The hook of AfterAllowTestTraffic reported Failed.");
        assertThat(balancer.calls).containsSubsequence("TEST green 100 blue 0", "TEST green 0 blue 100");
    }

    @Test
    void takesSilenceOfTheHookForAFailure() throws Exception {
        hooks = (hook, id) -> new CompletableFuture<>();

        assertRolledBack(deploy(), "The hook of AfterAllowTestTraffic did not report within 60 minutes.");
    }

    @Test
    void letsSilencePassWhereADrillWantsToSeeWhatThenHappens() throws Exception {
        hooks = (hook, id) -> new CompletableFuture<>();
        leniency = new Leniency(false, true, false);

        assertThat(deploy().result()).isEqualTo(Outcome.Result.SUCCEEDED);
        assertThat(recording.events())
                .extracting(Event::text)
                .contains("The hook of AfterAllowTestTraffic did not report within 60 minutes. That is let pass.");
    }

    @Test
    void takesTheHooksWordEvenWhereItsSilenceWouldPass() throws Exception {
        hooks = (hook, id) -> CompletableFuture.completedFuture(false);
        leniency = new Leniency(false, true, false);

        assertRolledBack(deploy(), "The hook of AfterAllowTestTraffic reported Failed.");
    }

    @Test
    void installsWithoutHealthWhereADrillWantsToSeeWhatThenHappens() throws Exception {
        changes = Map.of(FakeTasks.SICK, "yes");
        leniency = new Leniency(true, false, false);

        deploy();

        assertThat(balancer.calls).contains("PRODUCTION green 10 blue 90");
    }

    @Test
    void killsGreenUnderItsTrafficWhereADrillWantsToSeeWhatThenHappens() throws Exception {
        leniency = new Leniency(false, false, true);
        whenShifted(10, Deployment::stop);

        Outcome outcome = deploy();

        assertRolledBack(outcome, "An operator stopped the deployment.");
        assertThat(tasks.started)
                .filteredOn(task -> task.color() == Color.GREEN)
                .allMatch(task -> task.exit().join() == 137);
    }

    @Test
    void goesBackWhenTheHookCannotBeCalled() throws Exception {
        hooks = (hook, id) -> CompletableFuture.failedFuture(new IllegalStateException("there is no such class"));

        assertRolledBack(deploy(), "The hook of AfterAllowTestTraffic could not be called: there is no such class");
    }

    @Test
    void goesBackWhenAnAlarmGoesOffUnderCanary() throws Exception {
        whenShifted(10, deployment -> balancer.metrics.put("HTTPCode_Target_5XX_Count", 7.0));

        Outcome outcome = deploy();

        assertRolledBack(outcome, "The alarm BackendGreenServerErrorsAlarm went off.");
        assertThat(balancer.calls)
                .doesNotContain("PRODUCTION green 100 blue 0")
                .containsSubsequence(
                        "PRODUCTION green 10 blue 90", "PRODUCTION green 0 blue 100", "deregister backend-green-1");
    }

    @Test
    void goesBackWhenAnAlarmGoesOffWhileBlueWaits() throws Exception {
        listener = new DeploymentListener() {
            @Override
            public void entering(Stage stage, Deployment deployment) {
                if (stage == Stage.TERMINATION_WAIT) {
                    balancer.metrics.put("HTTPCode_Target_5XX_Count", 5.0);
                }
            }
        };

        assertRolledBack(deploy(), "The alarm BackendGreenServerErrorsAlarm went off.");
    }

    @Test
    void goesBackWhenAnOperatorStopsIt() throws Exception {
        whenShifted(10, Deployment::stop);

        assertRolledBack(deploy(), "An operator stopped the deployment.");
    }

    @Test
    void staysWhereItIsWithoutAPlanForTheWayBack() throws Exception {
        rollbackOn = Set.of(RollbackTrigger.DEPLOYMENT_FAILURE);
        whenShifted(10, Deployment::stop);

        Outcome outcome = deploy();

        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(balancer.calls.getLast()).isEqualTo("PRODUCTION green 10 blue 90");
    }

    @Test
    void putsANewTaskInThePlaceOfADeadOne() throws Exception {
        CountDownLatch replaced = new CountDownLatch(1);
        recording.listen(fact -> {
            if (fact instanceof Event event && String.valueOf(event.subject()).equals("backend-green-3")) {
                replaced.countDown();
            }
        });
        whenShifted(10, deployment -> {
            TaskSet green = deployment.green();
            if (green != null) {
                green.tasks().getFirst().kill();
            }
            assertThat(replaced.await(10, TimeUnit.SECONDS)).isTrue();
        });

        Outcome outcome = deploy();

        assertThat(outcome.result()).isEqualTo(Outcome.Result.SUCCEEDED);
        assertThat(balancer.calls).contains("deregister backend-green-1", "register backend-green-3");
        assertThat(recording.events())
                .extracting(Event::text)
                .contains("is gone with exit code 137, ECS starts another");
    }

    @Test
    void putsNothingInThePlaceOfWhatEndsWithTheRehearsal() throws Exception {
        Cluster cluster = new Cluster(balancer, tasks, ANY_PORTS, new Compression(2500), recording);
        TaskSet.start(cluster, plan(), release("old"), Color.BLUE, Map.of()).awaitSteady();

        tasks.close();
        // Longer than it takes ECS to notice.
        Thread.sleep(Duration.ofMillis(1500));

        assertThat(tasks.started).hasSize(2);
        assertThat(recording.events()).extracting(Event::text).noneMatch(text -> text.contains("ECS starts another"));
    }

    @Test
    void killsWhatDoesNotEndAndSaysSo() throws Exception {
        blueChanges = Map.of(FakeTasks.STUBBORN, "yes");

        Outcome outcome = deploy();

        assertThat(outcome.killedTasks()).containsExactlyInAnyOrder("backend-blue-1", "backend-blue-2");
        assertThat(recording.events()).extracting(Event::text).contains("did not end within 1 s and gets SIGKILL");
    }

    private void assertRolledBack(Outcome outcome, String reason) {
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.result()).isEqualTo(Outcome.Result.ROLLED_BACK);
        assertThat(balancer.calls).containsSubsequence("PRODUCTION green 0 blue 100", "TEST green 0 blue 100");
        assertThat(tasks.started)
                .filteredOn(FakeTask::isRunning)
                .hasSize(2)
                .allMatch(task -> task.color() == Color.BLUE);
        assertThat(recording.events())
                .filteredOn(event -> event.kind() == Event.Kind.ROLLBACK)
                .extracting(Event::text)
                .containsExactly(reason, "All traffic is back on blue.");
    }

    private void whenShifted(int percent, Action action) {
        listener = new DeploymentListener() {
            @Override
            public void shifted(int greenPercent, Deployment deployment) throws InterruptedException {
                if (greenPercent == percent) {
                    action.perform(deployment);
                }
            }
        };
    }

    private Outcome deploy() throws Exception {
        Compression compression = new Compression(2500);
        Cluster cluster = new Cluster(balancer, tasks, ANY_PORTS, compression, recording);
        TaskSet blue = TaskSet.start(cluster, plan(), release("old"), Color.BLUE, blueChanges);
        blue.awaitSteady();
        return new Deployment(cluster, plan(), blue, release("new"), changes, hooks, listener)
                .with(leniency)
                .run();
    }

    private Duration lengthOf(String phase) {
        return recording.phases().stream()
                .filter(found -> found.name().equals(phase))
                .map(found -> Duration.between(found.begin(), endOf(found)))
                .findFirst()
                .orElseThrow();
    }

    private static Instant endOf(Phase phase) {
        Instant end = phase.end();
        assertThat(end).isNotNull();
        return end == null ? Instant.MAX : end;
    }

    private static Release release(String id) {
        return new Release(id, id, new Release.Images("backend", "frontend"));
    }

    private ServicePlan plan() {
        TaskPlan task = new TaskPlan(
                "backend",
                3000,
                0.5,
                1024,
                null,
                true,
                List.of(),
                Map.of(),
                null,
                Duration.ofSeconds(1),
                Map.of(),
                List.of());
        HealthCheckPlan health =
                new HealthCheckPlan("/", Set.of(200), Duration.ofSeconds(5), Duration.ofSeconds(4), 2, 5);
        return new ServicePlan(
                ServiceName.BACKEND,
                task,
                health,
                Duration.ofSeconds(60),
                2,
                Duration.ofSeconds(120),
                shift,
                List.of(HOOK),
                Duration.ofMinutes(5),
                List.of(ALARM),
                rollbackOn);
    }

    private interface Action {
        void perform(Deployment deployment) throws InterruptedException;
    }
}
