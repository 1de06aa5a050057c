package io.tealdesk.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What somebody reads who has the command look at his files. */
class CheckCommandTests {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final String ROOT = "tealdesk.root";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @BeforeEach
    void rehearseTheRepository() {
        System.setProperty(ROOT, REPOSITORY.toString());
    }

    @AfterEach
    void forgetTheRepository() {
        System.clearProperty(ROOT);
    }

    @Test
    void theRepositoryIsInOrderAndItsPlanIsShown() {
        assertThat(check()).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .startsWith("OK: the files of production agree, and a rehearsal plays all that they ask for.")
                .containsPattern("traffic +10 %, all after 5 min +all at once")
                .containsPattern("production +/api /api/\\* → backend, /\\* → frontend, otherwise 404")
                .contains("AfterAllowTestTraffic: SmokeTestHook, 300 s")
                .contains("LoadBalancerErrorsAlarm: HTTPCode_ELB_5XX_Count Sum ≥ 5 in 1 of 1 × 60 s");
    }

    @Test
    void aDirectoryMayHoldSomeOfTheFiles() throws IOException {
        copy("appspec.yaml");
        copy("taskdef.json");

        assertThat(check("--directory", directory.toString(), "--environment", "staging"))
                .isZero();
        assertThat(out.toString())
                .startsWith("OK: the files of staging agree")
                .contains("so this repository's: frontend/appspec.yaml, frontend/taskdef.json, infra/cloudformation/")
                .containsPattern("tasks +1 of each colour");
    }

    @Test
    void aMistakeIsOneLineThatCanBeOpened() throws IOException {
        copy("appspec.yaml");
        String task = Files.readString(REPOSITORY.resolve("taskdef.json"));
        Files.writeString(directory.resolve("taskdef.json"), task.replace(": 3000,", ": 8080,"));

        assertThat(check("--directory", directory.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith(directory.resolve("taskdef.json") + ":")
                .endsWith(": containerPort is 8080, but ContainerPort of appspec.yaml and the service is 3000."
                        + " Write 3000\n");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void aFileThatIsMissingOrMisnamedIsNamed() throws IOException {
        Files.copy(REPOSITORY.resolve("appspec.yaml"), directory.resolve("appspec.yml"));
        copy("taskdef.json");

        assertThat(check("--directory", directory.toString())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(directory.resolve("appspec.yaml")
                        + ": the file is missing, but there is appspec.yml. Rename it\n");
    }

    @Test
    void aFolderOfThatNameIsNoFile() throws IOException {
        Files.createDirectory(directory.resolve("appspec.yaml"));
        copy("taskdef.json");

        assertThat(check("--directory", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith(directory.resolve("appspec.yaml") + ": the file is missing.");
    }

    @Test
    void aDirectoryWithoutAnyOfTheFilesIsRefused() {
        assertThat(check("--directory", directory.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(directory + ": holds none of the files that a rehearsal reads: appspec.yaml,");

        assertThat(check("--directory", directory.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).endsWith("nowhere: there is no such directory\n");
    }

    @Test
    void whatIsNotPlayedIsNoOk() throws IOException {
        copy("appspec.yaml");
        String task = Files.readString(REPOSITORY.resolve("taskdef.json"));
        Files.writeString(
                directory.resolve("taskdef.json"), task.replace("\"stopTimeout\"", "\"command\": [], \"stopTimeout\""));

        assertThat(check("--directory", directory.toString())).isEqualTo(2);
        assertThat(err.toString())
                .endsWith("command of the container: a rehearsal does not play it, so nothing is proven with it\n");
    }

    @Test
    void anEnvironmentThatDoesNotExistIsNamed() {
        assertThat(check("--environment", "test")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("infra/cloudformation/environments/test.json: there is no environment test. Known are"
                        + " production, staging\n");
    }

    private void copy(String path) throws IOException {
        Files.copy(REPOSITORY.resolve(path), directory.resolve(path));
    }

    private int check(String... arguments) {
        return new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
