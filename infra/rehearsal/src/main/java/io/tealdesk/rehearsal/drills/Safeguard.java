package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.deployment.Leniency;
import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.ServicePlan;
import java.util.Set;
import java.util.function.Predicate;

/** What keeps people from noticing that something went wrong. */
public enum Safeguard {
    HEALTH_BEFORE_TRAFFIC("Install waits until green is healthy"),
    HOOK("the smoke test on the test listener"),
    SILENCE_IS_FAILURE("a hook that does not report fails the deployment"),
    ALARMS("the alarms that CodeDeploy watches"),
    LATENCY_ALARMS("the alarms on latency"),
    DRAINING("traffic leaves green before green ends"),
    REPETITION("the browser repeats what was not answered, with the same Idempotency-Key"),
    SCHEMA_GATE("migrations are tried on a copy first");

    private final String sentence;

    Safeguard(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    static Leniency leniency(Set<Safeguard> off) {
        return new Leniency(
                off.contains(HEALTH_BEFORE_TRAFFIC), off.contains(SILENCE_IS_FAILURE), off.contains(DRAINING));
    }

    /** The plan without what is off. */
    static ServicePlan reduced(ServicePlan plan, Set<Safeguard> off) {
        Predicate<AlarmPlan> stays =
                alarm -> !off.contains(ALARMS) && !(off.contains(LATENCY_ALARMS) && alarm.watchesLatency());
        ServicePlan watched = plan.withAlarms(stays);
        return off.contains(HOOK) ? watched.withoutHooks() : watched;
    }
}
