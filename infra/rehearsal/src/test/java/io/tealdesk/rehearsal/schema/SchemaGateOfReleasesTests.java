package io.tealdesk.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.schema.SchemaFindings.Finding;
import io.tealdesk.rehearsal.world.ProcessTasks;
import io.tealdesk.rehearsal.world.Tasks;
import io.tealdesk.rehearsal.world.World;
import io.tealdesk.rehearsal.world.WorldSettings;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** With a real release, where TEALDESK_REHEARSAL_JAR names one. */
@TestInstance(Lifecycle.PER_CLASS)
class SchemaGateOfReleasesTests {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String JAR = System.getenv().getOrDefault("TEALDESK_REHEARSAL_JAR", "");

    private final Recording recording = new Recording(Clock.systemUTC());

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private World world;

    @SuppressWarnings("NullAway.Init")
    private Tasks tasks;

    @SuppressWarnings("NullAway.Init")
    private ServicePlan backend;

    @SuppressWarnings("NullAway.Init")
    private SchemaCopy copy;

    @BeforeAll
    void standUp(@TempDir Path temporary) throws Exception {
        assumeThat(Files.isRegularFile(Path.of(JAR)))
                .as("TEALDESK_REHEARSAL_JAR")
                .isTrue();
        directory = temporary;
        SourceTree source = SourceTree.at(ROOT);
        world = World.start(new WorldSettings(
                source, temporary, InetAddress.getLoopbackAddress(), URI.create("http://127.0.0.1:8080")));
        tasks = new ProcessTasks(world, recording);
        backend = DeploymentFiles.read(source, "production").backend();
        for (String mode : new String[] {"prepare-database", "migrate"}) {
            assertThat(tasks.command(backend, release(), mode, Map.of()).exitCode())
                    .isZero();
        }
        copy = SchemaCopy.take(world.database().superuserUrl(), "tealdesk");
    }

    @AfterAll
    void close() throws Exception {
        if (copy != null) {
            copy.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void theSameReleaseHasNothingToMigrate() throws Exception {
        SchemaFindings findings = examine(release());

        assertThat(findings.applied()).isEmpty();
        assertThat(findings.findings()).isEmpty();
    }

    @Test
    void aColumnThatTheReleaseUsesIsDropped() throws Exception {
        SchemaFindings findings = examineWith(
                "V209901010000__drill_drop_subject.sql",
                "alter table ticket add title text;\nalter table ticket drop column subject;\n");

        assertThat(findings.findings())
                .extracting(Finding::sentence)
                .singleElement()
                .asString()
                .startsWith(
                        "migration V209901010000__drill_drop_subject.sql, statement 2 “alter table ticket drop column"
                                + " subject”: release old still needs it: ")
                .contains("subject does not exist");
    }

    @Test
    void additionsAreNotNoticed() throws Exception {
        SchemaFindings findings = examineWith("V209901010001__drill_add.sql", """
                set local lock_timeout = '3s';
                alter table ticket add column title text;
                alter table scheduled_tasks add column remark text;
                create table label (name text primary key);
                alter table person add column nickname text;
                """);

        assertThat(findings.applied()).containsExactly("V209901010001__drill_add.sql");
        assertThat(findings.findings()).isEmpty();
        assertThat(recording.events())
                .as("what the walk did not get before any migration")
                .extracting(Event::text)
                .noneMatch(text -> text.startsWith("Before any migration"));
    }

    /** It waits for every open transaction, so none of Flyway's own may stand beside it. */
    @Test
    void aConcurrentIndexIsNotNoticed() throws Exception {
        SchemaFindings findings = examineWith(
                "V209901010002__drill_index.sql", "create index concurrently drill_idx on ticket (subject, status);\n");

        assertThat(findings.findings()).isEmpty();
        assertThat(findings.applied()).containsExactly("V209901010002__drill_index.sql");
    }

    private SchemaFindings examineWith(String script, String sql) throws Exception {
        try (MigrationOverlay overlay = MigrationOverlay.on(release(), script, sql, directory.resolve("overlay"))) {
            return examine(overlay.release());
        }
    }

    private SchemaFindings examine(Release to) throws Exception {
        return new SchemaGate(copy, "tealdesk_app", recording)
                .examine(
                        new TaskRelease(world, tasks, backend, release()),
                        new TaskMigrator(world, tasks, backend, to, Map.of()));
    }

    private static Release release() {
        return new Release("old", "the built one", new Release.Files(Path.of(JAR), ROOT, ROOT));
    }
}
