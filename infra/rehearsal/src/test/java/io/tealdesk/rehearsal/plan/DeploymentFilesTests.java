package io.tealdesk.rehearsal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.SourceTree;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The repository's own files, read for a rehearsal. */
class DeploymentFilesTests {

    private static final SourceTree REPOSITORY =
            SourceTree.at(Path.of("../..").toAbsolutePath().normalize());

    private final DeploymentPlan plan = DeploymentFiles.read(REPOSITORY);

    @Test
    void everythingThatTheFilesAskForIsPlayed() {
        assertThat(plan.unproven()).isEmpty();
    }

    @Test
    void theBackendShiftsByCanaryAndTheFrontendAllAtOnce() {
        assertThat(plan.backend().shift()).isEqualTo(new TrafficShift.Canary(10, Duration.ofMinutes(5)));
        assertThat(plan.frontend().shift()).isEqualTo(new TrafficShift.AllAtOnce());
    }
}
