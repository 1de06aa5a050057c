package io.tealdesk.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.schema.SchemaFindings.Finding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class SchemaGateTests {

    private static final String READS = "select number, subject, status from ticket where status = 'OPEN'";
    private static final String WRITES = "insert into ticket (subject, status) values ('Printer on fire', 'OPEN')";

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private Recording recording;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = TestServer.started(directory);
    }

    @BeforeEach
    void prepare() throws Exception {
        server.prepare();
        recording = new Recording(Clock.systemUTC());
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aDroppedColumnThatTheRunningReleaseReads() throws Exception {
        SchemaFindings findings = examine(migrator()
                .file(
                        "V2__tickets_drop_subject.sql",
                        "alter table ticket add column title text",
                        "ALTER TABLE ticket DROP COLUMN subject"));

        assertThat(findings.applied()).containsExactly("V2__tickets_drop_subject.sql");
        assertThat(sentences(findings))
                .containsExactly(
                        "migration V2__tickets_drop_subject.sql, statement 2 “ALTER TABLE ticket DROP COLUMN subject”:"
                                + " release old still needs it: " + READS + " (column \"subject\" does not exist)"
                                + " and one more statement");
    }

    @Test
    void aRenamedTable() throws Exception {
        assertThat(sentences(examine(
                        migrator().file("V2__rename.sql", "select 1", "alter table message rename to ticket_message"))))
                .containsExactly("migration V2__rename.sql, statement 2 “alter table message rename to ticket_message”:"
                        + " release old still needs it: select body from message where ticket_number = $1"
                        + " (relation \"message\" does not exist)");
    }

    @Test
    void aNewColumnThatIsNotFilled() throws Exception {
        assertThat(sentences(examine(migrator()
                        .file(
                                "V2__channel.sql",
                                "alter table ticket add column channel text",
                                "update ticket set channel = 'web'",
                                "alter table ticket alter column channel set not null"))))
                .containsExactly("migration V2__channel.sql, statement 3 “alter table ticket alter column channel set"
                        + " not null”: release old does not keep to it: " + WRITES
                        + " (null value in column \"channel\" of relation \"ticket\" violates not-null constraint)");
    }

    @Test
    void aRuleThatTheRunningReleaseDoesNotKeep() throws Exception {
        assertThat(sentences(examine(migrator()
                        .file(
                                "V2__rule.sql",
                                "alter table ticket add constraint ticket_no_fire check (subject not like '%fire%')"
                                        + " not valid"))))
                .singleElement()
                .asString()
                .startsWith("migration V2__rule.sql, statement 1 “alter table ticket add constraint ticket_no_fire")
                .contains("release old does not keep to it: " + WRITES, "violates check constraint \"ticket_no_fire\"");
    }

    @Test
    void aLockThatPeopleWouldNotice() throws Exception {
        assertThat(sentences(examine(migrator()
                        .file("V2__slow.sql", "alter table ticket add column area text", "select pg_sleep(1.5)"))))
                .singleElement()
                .asString()
                .matches(
                        "migration V2__slow.sql, statement 1 “alter table ticket add column area text” shuts people out"
                                + " of table ticket for 1\\.\\d s \\(AccessExclusiveLock\\): nobody can read or write it, a probe"
                                + " waited 1\\.\\d s");
    }

    @Test
    void locksThatOnlyLargeTablesShow() throws Exception {
        SchemaFindings findings = examine(migrator()
                .file(
                        "V2__grow.sql",
                        "alter table message alter column body type varchar(2000)",
                        "create index ticket_status_idx on ticket (status)",
                        "create table label (name text)",
                        "create index label_idx on label (name)"));

        assertThat(findings.findings()).isEmpty();
        assertThat(recording.events())
                .extracting(Event::text)
                .contains(
                        "migration V2__grow.sql, statement 1 “alter table message alter column body type varchar(2000)”"
                                + " writes table message anew: nobody can read or write it for as long as that takes",
                        "migration V2__grow.sql, statement 2 “create index ticket_status_idx on ticket (status)” makes"
                                + " an index that is not concurrent: nobody can write table ticket for as long as that"
                                + " takes")
                .noneMatch(text -> text.contains("label_idx"));
    }

    @Test
    void aMigrationThatFails() throws Exception {
        SchemaFindings findings = examine(migrator()
                .file("V2__fine.sql", "alter table ticket add column area text")
                .file("V3__unique.sql", "select 1", "create unique index ticket_status on ticket (status)"));

        assertThat(findings.applied()).containsExactly("V2__fine.sql");
        assertThat(sentences(findings))
                .containsExactly("migration V3__unique.sql, statement 2 “create unique index ticket_status on ticket"
                        + " (status)” fails: could not create unique index \"ticket_status\"");
    }

    @Test
    void aMigrationThatPostgresqlCannotRead() throws Exception {
        assertThat(sentences(examine(migrator().file("V2__typo.sql", "select 1", "alter tabel ticket"))))
                .containsExactly("migration V2__typo.sql, statement 2 “alter tabel ticket” fails: syntax error at or"
                        + " near \"tabel\"");
    }

    @Test
    void migrationsThatNobodyNotices() throws Exception {
        SchemaFindings findings = examine(migrator()
                .withoutTransaction()
                .file("V2__area.sql", "alter table ticket add column area text")
                .file(
                        "V3__label.sql",
                        "create table label (name text primary key)",
                        "create index concurrently label_idx on label (name)",
                        "create index concurrently ticket_subject_idx on ticket (subject)"));

        assertThat(findings.findings()).isEmpty();
        assertThat(findings.applied()).containsExactly("V2__area.sql", "V3__label.sql");
    }

    @Test
    void nothingToMigrateNeedsNoRunningRelease() throws Exception {
        FakeRelease release = release();

        assertThat(examine(release, migrator()).compatible()).isTrue();
        assertThat(release.starts()).isZero();
        assertThat(recording.events())
                .extracting(Event::text)
                .containsExactly("The schema is what release new needs, so nothing is migrated and release old notices"
                        + " nothing");
    }

    private FakeMigrator migrator() {
        return new FakeMigrator(server);
    }

    private FakeRelease release() {
        return new FakeRelease(
                server, List.of(READS, WRITES), List.of("select body from message where ticket_number = $1", "from"));
    }

    private SchemaFindings examine(FakeMigrator migrator) throws Exception {
        return examine(release(), migrator);
    }

    private SchemaFindings examine(FakeRelease release, FakeMigrator migrator) throws Exception {
        try (SchemaCopy copy = SchemaCopy.take(server.url(), TestServer.DATABASE)) {
            return new SchemaGate(copy, TestServer.APPLICATION, recording).examine(release, migrator);
        }
    }

    private static List<String> sentences(SchemaFindings findings) {
        return findings.findings().stream().map(Finding::sentence).toList();
    }
}
