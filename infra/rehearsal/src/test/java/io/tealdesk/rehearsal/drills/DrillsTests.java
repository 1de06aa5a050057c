package io.tealdesk.rehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.HookPlan;
import io.tealdesk.rehearsal.plan.ServicePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrillsTests {

    private static final ServicePlan BACKEND = DeploymentFiles.read(
                    SourceTree.at(Path.of("../..").toAbsolutePath().normalize()), "production")
            .backend();

    @Test
    void areAllThatThePlanOfTheRehearsalAsksFor() {
        assertThat(Drills.ALL).extracting(Drill::name).doesNotHaveDuplicates().hasSize(14);
        assertThat(Drills.ALL).allSatisfy(drill -> {
            assertThat(drill.safeguards()).isNotEmpty();
            assertThat(drill.ending().losses()).isNotEmpty();
            assertThat(Drills.named(drill.name())).contains(drill);
        });
    }

    @Test
    void leaveThePlanAsItIsWithAllSafeguards() {
        assertThat(named("green-killed").plan(BACKEND, Set.of())).isEqualTo(BACKEND);
    }

    @Test
    void takeOnlyTheAlarmsOnLatencyAwayFromASlowGreen() {
        List<String> left = alarms(named("green-slow"));

        assertThat(left).doesNotContain("BackendGreenSlowerAlarm", "BackendGreenLatencyAlarm");
        assertThat(left).contains("BackendGreenServerErrorsAlarm", "LoadBalancerErrorsAlarm");
    }

    @Test
    void takeAllAlarmsAwayFromAGreenThatFails() {
        assertThat(alarms(named("green-answers-5xx"))).isEmpty();
    }

    @Test
    void takeTheHookAwayWhereOnlyTheHookNotices() {
        Drill drill = named("hook-fails");

        assertThat(drill.plan(BACKEND, drill.safeguards()).hooks()).isEmpty();
        assertThat(drill.plan(BACKEND, Set.of()).hooks()).isEqualTo(BACKEND.hooks());
    }

    @Test
    void letTheHookHangAtItsOwnEvent() {
        List<HookPlan> hooks =
                named("hook-never-reports").plan(BACKEND, Set.of()).hooks();

        assertThat(hooks).extracting(HookPlan::handler).containsOnly(HangingHook.class.getName());
        assertThat(hooks)
                .extracting(HookPlan::event)
                .isEqualTo(BACKEND.hooks().stream().map(HookPlan::event).toList());
    }

    private static List<String> alarms(Drill drill) {
        return drill.plan(BACKEND, drill.safeguards()).alarms().stream()
                .map(AlarmPlan::id)
                .toList();
    }

    private static Drill named(String name) {
        return Drills.named(name).orElseThrow();
    }
}
