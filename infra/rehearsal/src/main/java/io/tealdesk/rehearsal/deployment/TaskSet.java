package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.balancer.Target;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * ECS's part: the tasks of one colour. It keeps their number, and puts a new task in the place of one that died or that
 * the load balancer finds unhealthy after the grace period.
 */
public final class TaskSet {

    /** ECS notices a stopped task within about a second, and neither that nor a task's start is a wait. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final ServicePlan plan;
    private final Release release;
    private final Color color;
    private final Map<String, String> changes;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final List<String> killed = new CopyOnWriteArrayList<>();
    private final List<Span> startTimes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private int nextNumber = 1;
    private int failedStarts;

    private TaskSet(Cluster cluster, ServicePlan plan, Release release, Color color, Map<String, String> changes) {
        this.cluster = cluster;
        this.plan = plan;
        this.release = release;
        this.color = color;
        this.changes = Map.copyOf(changes);
    }

    /**
     * Starts as many tasks as the plan wants, registers them and returns before they answer.
     *
     * @param changes environment variables that differ from the plan's, for drills
     */
    public static TaskSet start(
            Cluster cluster, ServicePlan plan, Release release, Color color, Map<String, String> changes)
            throws IOException {
        TaskSet set = new TaskSet(cluster, plan, release, color, changes);
        for (int i = 0; i < plan.tasks(); i++) {
            set.startTask();
        }
        Thread.ofVirtual().name("ecs-" + plan.name() + "-" + color).start(set::keepNumber);
        return set;
    }

    public ServiceName service() {
        return plan.name();
    }

    public Color color() {
        return color;
    }

    public Release release() {
        return release;
    }

    /** Those that run now, the oldest first. */
    public List<Task> tasks() {
        return members.stream().map(Member::task).filter(Task::isRunning).toList();
    }

    /** Tasks that did not end within their stop timeout. */
    public List<String> killed() {
        return List.copyOf(killed);
    }

    /** Whether all wanted tasks run and pass the checks that count. */
    boolean isSteady(boolean balancerCounts) {
        return members.stream().filter(member -> isWell(member, balancerCounts)).count() >= plan.tasks();
    }

    private boolean isWell(Member member, boolean balancerCounts) {
        if (!member.task.isRunning()) {
            return false;
        }
        Task.ContainerHealth own = member.task.health();
        boolean containerCounts = plan.task().health() != null && own != Task.ContainerHealth.UNKNOWN;
        if (containerCounts && own != Task.ContainerHealth.HEALTHY) {
            return false;
        }
        // Where nobody can run the container's check, the load balancer's stands in for it.
        boolean askBalancer = balancerCounts || (plan.task().health() != null && !containerCounts);
        return !askBalancer || cluster.balancer().health(member.target) == Target.Health.HEALTHY;
    }

    /** Whether a task was starting at some time of the span, so that failed checks say nothing yet. */
    boolean wasStarting(Instant from, Instant to) {
        return startTimes.stream().anyMatch(span -> span.overlaps(from, to));
    }

    /** Waits until all tasks are well, however long it takes. */
    public void awaitSteady() throws InterruptedException {
        while (!isSteady(true)) {
            Thread.sleep(LOOK);
        }
    }

    /**
     * Scales to nothing: takes the tasks out of the load balancer, lets what is under way finish, then ends them. No
     * task is replaced from now on.
     */
    public void end() throws InterruptedException {
        drain();
        stop();
    }

    /** From now on nobody looks after the tasks: the rehearsal is over. */
    public void leave() {
        isEnding.set(true);
    }

    void drain() throws InterruptedException {
        isEnding.set(true);
        together(member -> {
            say(member, "is being deregistered");
            cluster.balancer().deregister(member.target);
        });
    }

    void stop() throws InterruptedException {
        isEnding.set(true);
        together(this::stop);
        members.clear();
    }

    /** Without draining, SIGTERM or replacement; returns when ECS has noticed. */
    void kill() throws InterruptedException {
        isEnding.set(true);
        for (Member member : members) {
            say(member, "gets SIGKILL");
            member.task.kill();
        }
        Thread.sleep(NOTICE);
    }

    /** SIGTERM, stop timeout, SIGKILL. The timeout is the task's own time and never compressed. */
    private void stop(Member member) throws InterruptedException {
        Task task = member.task;
        if (!task.isRunning()) {
            return;
        }
        say(member, "gets SIGTERM");
        Instant asked = cluster.recording().now();
        task.terminate();
        if (hasEnded(task, plan.task().stopTimeout())) {
            Duration took = Duration.between(asked, cluster.recording().now());
            say(
                    member,
                    "ended by itself after %.1f s with exit code %d"
                            .formatted(took.toMillis() / 1000.0, exitCode(task)));
            return;
        }
        killed.add(task.name());
        say(member, "did not end within " + plan.task().stopTimeout().toSeconds() + " s and gets SIGKILL");
        task.kill();
        hasEnded(task, Duration.ofSeconds(10));
    }

    /** Known a moment after it has ended; -1 where nobody can say. */
    private static int exitCode(Task task) throws InterruptedException {
        try {
            return task.exit().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return -1;
        }
    }

    private static boolean hasEnded(Task task, Duration limit) throws InterruptedException {
        try {
            task.exit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // Gone, only nobody knows how.
        }
        return true;
    }

    private void together(MemberAction action) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Member member : members) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    action.perform(member);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void keepNumber() {
        try {
            while (!isOver()) {
                for (Member member : members) {
                    look(member);
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Also when somebody interrupts the rehearsal, which ends the tasks: nobody has to hear that they are gone. */
    private boolean isOver() {
        return isEnding.get() || cluster.tasks().isClosed();
    }

    private void look(Member member) throws InterruptedException {
        Target.Health health = cluster.balancer().health(member.target);
        if (!member.task.isRunning()) {
            replaceDead(member);
        } else if (health == Target.Health.HEALTHY) {
            member.unhealthy.end();
            welcome(member);
        } else if (health == Target.Health.UNHEALTHY && isPastGrace(member) && member.unhealthy.isOld()) {
            replaceUnhealthy(member);
        }
    }

    private void welcome(Member member) {
        if (member.start.isOver()) {
            return;
        }
        member.start.end(cluster.recording().now());
        synchronized (this) {
            failedStarts = 0;
        }
        member.task.priority(Task.CpuPriority.NORMAL);
        say(member, "is healthy after %.1f s".formatted(member.start.length().toMillis() / 1000.0));
    }

    private void replaceDead(Member member) throws InterruptedException {
        member.start.end(cluster.recording().now());
        Thread.sleep(NOTICE);
        if (isOver()) {
            return;
        }
        say(member, "is gone with exit code " + exitCode(member.task) + ", ECS starts another");
        members.remove(member);
        deregisterAside(member);
        startReplacement();
    }

    /** As documented, an unhealthy task gets SIGTERM at once, while it is being deregistered. */
    private void replaceUnhealthy(Member member) throws InterruptedException {
        member.start.end(cluster.recording().now());
        say(member, "is unhealthy after its grace period, ECS puts another in its place");
        members.remove(member);
        deregisterAside(member);
        Thread.startVirtualThread(() -> {
            try {
                stop(member);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        startReplacement();
    }

    private void deregisterAside(Member member) {
        Thread.startVirtualThread(() -> {
            try {
                cluster.balancer().deregister(member.target);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** ECS waits longer from one failed start to the next. */
    private void startReplacement() throws InterruptedException {
        Duration pause;
        synchronized (this) {
            pause = Duration.ofSeconds(1L << Math.min(failedStarts, 5));
            failedStarts++;
        }
        if (failedStarts > 1) {
            Thread.sleep(pause.compareTo(RESTART_PAUSE_MAX) > 0 ? RESTART_PAUSE_MAX : pause);
        }
        try {
            startTask();
        } catch (IOException e) {
            if (!isOver()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void startTask() throws IOException {
        if (isEnding.get()) {
            return;
        }
        int number = freeNumber();
        int port = cluster.ports().port(plan.name(), color, number);
        Task task = cluster.tasks().start(plan, release, color, port, changes);
        task.priority(Task.CpuPriority.LOW);
        Target target = new Target(plan.name() + "-" + color + "-" + number, plan.name(), color, task.address());
        Span start = new Span(cluster.recording().now(), plan.healthCheckGracePeriod());
        startTimes.add(start);
        Member member = new Member(number, task, target, start, new Illness());
        members.add(member);
        cluster.balancer().register(target);
        say(member, "started, release " + release.id());
    }

    /** Each new task has a new port, as long as there are any: a dead task's connections must not reach its successor. */
    private int freeNumber() {
        int perColor = cluster.ports().perColor();
        for (int i = 0; i < perColor; i++) {
            int number = nextNumber;
            nextNumber = nextNumber % perColor + 1;
            if (members.stream().noneMatch(member -> member.number == number)) {
                return number;
            }
        }
        throw new IllegalStateException("all " + perColor + " ports of " + plan.name() + " " + color + " are in use");
    }

    private boolean isPastGrace(Member member) {
        Instant end = member.start.begin.plus(plan.healthCheckGracePeriod());
        return cluster.recording().now().isAfter(end);
    }

    private void say(Member member, String what) {
        cluster.recording().event(Event.Kind.TASK, member.target.name(), what);
    }

    private interface MemberAction {
        void perform(Member member) throws InterruptedException;
    }

    private record Member(int number, Task task, Target target, Span start, Illness unhealthy) {}

    /**
     * A stretch without health, told of since the first look at it. The load balancer's checks follow each other faster
     * here than on AWS, but a task that is only busy for some seconds is so for as long as there: what would not have
     * been called unhealthy yet must not be ended.
     */
    private final class Illness {

        private final Duration limit =
                plan.health().interval().multipliedBy(plan.health().unhealthyThreshold());
        private @Nullable Instant since;

        boolean isOld() {
            Instant now = cluster.recording().now();
            if (since == null) {
                since = now;
            }
            return Duration.between(since, now).compareTo(limit) >= 0;
        }

        void end() {
            since = null;
        }
    }

    /** A task's start: until it is healthy or gone, at most for the grace period. */
    private static final class Span {

        private final Instant begin;
        private volatile Instant end;
        private volatile boolean isOver;

        Span(Instant begin, Duration limit) {
            this.begin = begin;
            end = begin.plus(limit);
        }

        void end(Instant moment) {
            if (!isOver) {
                end = moment.isBefore(end) ? moment : end;
                isOver = true;
            }
        }

        boolean isOver() {
            return isOver;
        }

        Duration length() {
            return Duration.between(begin, end);
        }

        boolean overlaps(Instant from, Instant to) {
            return begin.isBefore(to) && end.isAfter(from);
        }
    }
}
