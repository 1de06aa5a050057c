package io.tealdesk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.shared.StartProblem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskDirectoryTests {

    @TempDir
    Path path;

    @Test
    void aSecondStartIsToldWhereTheFirstOneRuns() throws Exception {
        try (var owned = DeskDirectory.own(path, "http://localhost:3000")) {
            assertThat(owned.isOwned()).isTrue();
            assertThatThrownBy(() -> DeskDirectory.own(path, "http://localhost:3001"))
                    .isInstanceOf(StartProblem.class)
                    .hasMessageContaining("already running on http://localhost:3000");
        }
        DeskDirectory.own(path, "http://localhost:3001").close();
    }

    @Test
    void joinsOnlyWhatRuns() throws Exception {
        assertThatThrownBy(() -> DeskDirectory.join(path)).isInstanceOf(StartProblem.class);
        assertThatThrownBy(() -> DeskDirectory.join(path.resolve("nowhere"))).isInstanceOf(StartProblem.class);

        try (var owned = DeskDirectory.own(path, "http://localhost:3000");
                var joined = DeskDirectory.join(path)) {
            assertThat(joined.isOwned()).isFalse();
            assertThat(joined.path()).isEqualTo(owned.path());
        }
    }
}
