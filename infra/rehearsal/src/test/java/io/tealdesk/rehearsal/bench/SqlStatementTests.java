package io.tealdesk.rehearsal.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlStatementTests {

    @Test
    void readsWhatPostgresqlLogs() {
        SqlStatement statement = requireNonNull(SqlStatement.logged(
                "execute S_12: select *\nfrom ticket where subject = $1 and team_id = $2 and due_at < $10",
                "Parameters: $1 = 'it''s $3 = ''x''', $2 = NULL, $3 = '3', $4 = '4', $5 = '5', $6 = '6', $7 = '7',"
                        + " $8 = '8', $9 = '9', $10 = '2026-11-23'"));

        assertThat(statement.sql()).startsWith("select *\nfrom ticket");
        assertThat(statement.values()).hasSize(10).startsWith("it's $3 = 'x'", null, "3");
    }

    @Test
    void readsNoOtherLine() {
        assertThat(SqlStatement.logged("connection authorized: user=tealdesk_app", ""))
                .isNull();
    }

    @Test
    void isAScriptOfPgbenchWithItsValuesAsVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        SqlStatement statement = requireNonNull(
                SqlStatement.logged("execute <unnamed>: select $1, $2, $1", "Parameters: $1 = 'a', $2 = NULL"));

        assertThat(statement.script("r0s1p", variables)).isEqualTo("select :r0s1p1, null, :r0s1p1;");
        assertThat(variables).containsExactly(Map.entry("r0s1p1", "a"));
    }
}
