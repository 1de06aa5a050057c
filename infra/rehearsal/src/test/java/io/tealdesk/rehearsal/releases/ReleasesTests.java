package io.tealdesk.rehearsal.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no release is refused before the other one, which takes minutes, is built. */
class ReleasesTests {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private final List<String> progress = new ArrayList<>();

    @TempDir
    Path kept;

    @Test
    void aNameThatGitDoesNotKnow() {
        assertThat(refusedAsFiles(null, "no-such-reference"))
                .isEqualTo("\"no-such-reference\" is no commit here. Give a Git reference, \"working-tree\","
                        + " files:JAR,SITE or images:BACKEND,FRONTEND.");
        assertThat(refusedAsFiles("no-such-reference", null)).startsWith("\"no-such-reference\" is no commit here.");
    }

    @Test
    void filesThatAreNotThere() {
        assertThat(refusedAsFiles(null, "files:nothing,nothing"))
                .endsWith("nothing is not there. Give files:JAR,SITE, the backend's jar and the folder of index.html.");
        assertThat(refusedAsFiles(null, "files:,"))
                .isEqualTo("\"files:,\" should be files:JAR,SITE, the backend's jar and the folder of index.html.");
    }

    @Test
    void backendsThatAreNone() {
        for (String none : List.of("no-such-reference", "files:nothing")) {
            assertThatExceptionOfType(ReleaseUnavailable.class)
                    .isThrownBy(() -> releases().asBackends(null, none));
            assertThatExceptionOfType(ReleaseUnavailable.class)
                    .isThrownBy(() -> releases().asBackends(none, null));
        }
        assertThat(progress).isEmpty();
    }

    @Test
    void whatTheOtherModePlays() {
        assertThat(refusedAsFiles(null, "images:")).isEqualTo("\"images:\" can only be played with --mode containers.");
        assertThatExceptionOfType(ReleaseUnavailable.class)
                .isThrownBy(() -> releases().asImages("files:a.jar,site", null))
                .withMessage("\"files:a.jar,site\" can only be played with --mode process.");
    }

    @Test
    void imagesWithoutNames() {
        assertThatExceptionOfType(ReleaseUnavailable.class)
                .isThrownBy(() -> releases().asImages(null, "images:,"))
                .withMessage("\"images:,\" should be images:BACKEND,FRONTEND.");
    }

    private String refusedAsFiles(@Nullable String from, @Nullable String to) {
        try {
            releases().asFiles(from, to);
        } catch (ReleaseUnavailable refused) {
            assertThat(progress).isEmpty();
            return String.valueOf(refused.getMessage());
        }
        throw new AssertionError(from + " and " + to + " were built");
    }

    private Releases releases() {
        return new Releases(REPOSITORY, kept, progress::add);
    }
}
