package io.tealdesk.rehearsal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpgradeTests {

    @Test
    void namesTheMigrationThatFailedAndWhatPostgresqlSaid() {
        String log = """
                {"message":"The schema is at 1"}
                {"message":"The database is not migrated: Failed to execute script V202611240201__search_follow_tickets.sql\\n\
                ----\\nSQL State  : 55P03\\nMessage    : ERROR: canceling statement due to lock timeout\\nLine : 29"}
                """;
        assertThat(Upgrade.reason(log))
                .isEqualTo("V202611240201__search_follow_tickets.sql: ERROR: canceling statement due to lock timeout");
    }

    @Test
    void elseTheLastThingItSaid() {
        assertThat(Upgrade.reason("one\ntwo\n\n")).isEqualTo("two");
        assertThat(Upgrade.reason("")).isEqualTo("it says nothing");
    }
}
