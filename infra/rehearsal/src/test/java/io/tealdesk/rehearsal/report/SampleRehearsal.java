package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase.Group;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A rehearsal that never was, with everything that a report can show. Always the same for the same fault. */
final class SampleRehearsal {

    private static final List<String> OPERATIONS =
            List.of("list tickets", "list tickets", "open ticket", "reply", "refresh", "asset", "sign in");

    private final Scenes.HandClock clock = new Scenes.HandClock();
    private final Recording recording = new Recording(clock);
    private final Random random = new Random(42);
    private final boolean isFaulty;
    private final Map<String, Double> cpu = new LinkedHashMap<>();
    private double backendGreen;
    private double frontendGreen;
    private double slowness = 1;

    private SampleRehearsal(boolean isFaulty) {
        this.isFaulty = isFaulty;
    }

    static Recording good() {
        return new SampleRehearsal(false).played();
    }

    static Recording faulty() {
        return new SampleRehearsal(true).played();
    }

    private Recording played() {
        for (String service : List.of("backend", "frontend")) {
            cpu.put(service + "-blue-1", service.equals("backend") ? 0.45 : 0.04);
            cpu.put(service + "-blue-2", service.equals("backend") ? 0.4 : 0.04);
        }
        recording.phase(null, "WarmUp", Group.OTHER);
        recording.event(Event.Kind.MIGRATION, null, "2 migrations, both releases can live with them.");
        pass(15);
        recording.phase(null, "Before", Group.BEFORE);
        pass(40);
        deploy("backend", 24, 0.9);
        deploy("frontend", 2.5, 0.05);
        recording.phase(null, "After", Group.AFTER);
        pass(25);
        recording.end();
        return recording;
    }

    private void deploy(String service, double install, double starting) {
        phase(service, "BeforeInstall", Group.PREPARATION, 0.1);
        recording.phase(service, "Install", Group.PREPARATION);
        task(service + "-green-1", "started, release 7b7c462");
        task(service + "-green-2", "started, release 7b7c462");
        cpu.put(service + "-green-1", starting);
        cpu.put(service + "-green-2", starting);
        slowness = 1.3;
        pass(install);
        slowness = 1;
        task(service + "-green-1", "is healthy after %.1f s".formatted(install - 1));
        task(service + "-green-2", "is healthy after %.1f s".formatted(install));
        cpu.put(service + "-green-1", starting / 9);
        cpu.put(service + "-green-2", starting / 9);
        phase(service, "AfterInstall", Group.PREPARATION, 0.1);
        phase(service, "AllowTestTraffic", Group.PREPARATION, 0.1);
        recording.event(Event.Kind.TRAFFIC, service, "test listener: blue 0 %, green 100 %");
        phase(service, "AfterAllowTestTraffic", Group.PREPARATION, 3.4);
        recording.event(Event.Kind.HOOK, service, "AfterAllowTestTraffic reported Succeeded.");
        phase(service, "BeforeAllowTraffic", Group.PREPARATION, 0.1);
        recording.phase(service, "AllowTraffic", Group.SHIFT);
        weight(service, 10);
        pass(15);
        if (isFaulty && service.equals("backend")) {
            rollBack(service);
            return;
        }
        weight(service, 100);
        swap(service);
        phase(service, "AfterAllowTraffic", Group.SHIFT, 0.1);
        phase(service, "TerminationWait", Group.SHIFT, 30);
        recording.phase(service, "Drain", Group.SHIFT);
        task(service + "-blue-1", "is being deregistered");
        task(service + "-blue-2", "is being deregistered");
        pass(1.5);
        recording.phase(service, "Stop", Group.SHIFT);
        task(service + "-blue-1", "gets SIGTERM");
        task(service + "-blue-2", "gets SIGTERM");
        pass(11);
        task(service + "-blue-1", "ended by itself after 10.4 s with exit code 143");
        task(service + "-blue-2", "ended by itself after 10.6 s with exit code 143");
        cpu.remove(service + "-blue-1");
        cpu.remove(service + "-blue-2");
        recording.event(Event.Kind.TRAFFIC, service, "The deployment succeeded.");
    }

    private void rollBack(String service) {
        recording.event(Event.Kind.DRILL, "backend-green-1", "is killed with SIGKILL");
        slowness = 6;
        backendGreen = 0.5;
        pass(6);
        recording.event(Event.Kind.ALARM, service, "BackendErrorsAlarm went off.");
        recording.event(Event.Kind.ROLLBACK, service, "The alarm BackendErrorsAlarm went off.");
        recording.phase(service, "Rollback", Group.OTHER);
        weight(service, 0);
        slowness = 1;
        pass(8);
        cpu.remove(service + "-green-1");
        cpu.remove(service + "-green-2");
    }

    private void swap(String service) {
        for (int task = 1; task <= 2; task++) {
            Double load = cpu.get(service + "-blue-" + task);
            cpu.put(service + "-green-" + task, load == null ? 0.1 : load);
            cpu.put(service + "-blue-" + task, 0.02);
        }
    }

    private void weight(String service, int percent) {
        recording.event(Event.Kind.TRAFFIC, service, "blue %d %%, green %d %%".formatted(100 - percent, percent));
        recording.sample("weight " + service + " green", percent);
        if (service.equals("backend")) {
            backendGreen = percent / 100.0;
        } else {
            frontendGreen = percent / 100.0;
        }
    }

    private void task(String task, String what) {
        recording.event(Event.Kind.TASK, task, what);
    }

    private void phase(String service, String name, Group group, double seconds) {
        recording.phase(service, name, group);
        pass(seconds);
    }

    private void pass(double seconds) {
        Instant end = clock.instant().plusMillis(Math.round(seconds * 1000));
        while (clock.instant().isBefore(end)) {
            request();
            if (random.nextInt(110) == 0) {
                cpu.forEach((task, load) ->
                        recording.sample("cpu " + task, Math.max(0, load * (0.8 + random.nextDouble() * 0.4))));
            }
            clock.pass(Duration.ofMillis(4 + random.nextInt(10)));
        }
    }

    private void request() {
        String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
        double green = operation.equals("asset") ? frontendGreen : backendGreen;
        String release = random.nextDouble() < green ? Scenes.NEW : Scenes.OLD;
        double millis = (operation.equals("asset") ? 1.2 : 6) * Math.exp(random.nextGaussian() * 0.7) * slowness;
        Duration latency = Duration.ofNanos(Math.round(millis * 1e6));
        Instant at = clock.instant();
        if (slowness > 5 && random.nextInt(7) == 0) {
            recording.request(new RequestRecord(operation, 1, at, at, latency, 502, null, "answered 502"));
            Instant again = at.plusMillis(400);
            boolean isLost = random.nextInt(30) == 0;
            recording.request(new RequestRecord(
                    operation,
                    2,
                    again,
                    again,
                    latency,
                    isLost ? 0 : 200,
                    isLost ? null : Scenes.OLD,
                    isLost ? "no answer: connection reset" : null));
            return;
        }
        recording.request(new RequestRecord(operation, 1, at, at, latency, 200, release, null));
    }

    static Facts goodFacts() {
        Facts facts = Scenes.facts();
        List<String> differences = new ArrayList<>(facts.setup().differences());
        differences.add("One Nginx on this machine and not a load balancer in two zones.");
        differences.add("Waits are 20 times shorter; what a program needs to start, answer or stop is not.");
        return new Facts(
                new Facts.Setup(
                        "rehearsal",
                        "processes",
                        20,
                        new Facts.Version(Scenes.OLD, "main, 2d0de47"),
                        new Facts.Version(Scenes.NEW, "working tree"),
                        100,
                        "infra/rehearse.sh rehearse --from main --to . --rate 110",
                        List.copyOf(differences)),
                new Facts.Ledger(2310, 64, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                new Facts.Live(12, 12, Duration.ofMillis(412), 0, null),
                facts.logs(),
                List.of(
                        new Facts.Outcome("backend", "SUCCEEDED", "SUCCEEDED", null, Duration.ofMillis(85_300)),
                        new Facts.Outcome("frontend", "SUCCEEDED", "SUCCEEDED", null, Duration.ofMillis(63_900))),
                List.of());
    }

    static Facts faultyFacts() {
        Facts facts = goodFacts();
        return new Facts(
                facts.setup(),
                new Facts.Ledger(
                        2310,
                        64,
                        List.of("reply r-0193 on #1042"),
                        List.of("ticket t-0007"),
                        List.of(),
                        List.of("dana"),
                        List.of(),
                        List.of()),
                new Facts.Live(12, 10, Duration.ofMillis(6100), 2, null),
                List.of(
                        new Facts.ReleaseLog(Scenes.OLD, List.of()),
                        new Facts.ReleaseLog(
                                Scenes.NEW,
                                List.of(
                                        "backend-green-2: i.t.s.ProblemHandler: unexpected <script> (java.lang.IllegalStateException: pool is closed)"))),
                List.of(new Facts.Outcome(
                        "backend",
                        "SUCCEEDED",
                        "ROLLED_BACK",
                        "The alarm BackendErrorsAlarm went off.",
                        Duration.ofMillis(57_000))),
                List.of("infra/cloudformation/service.yaml:212: slow start of a target group is not played"));
    }
}
