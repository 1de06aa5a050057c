package io.tealdesk.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseCommandTests {

    @Test
    void servesWithoutAWord() {
        assertThat(DatabaseCommand.of()).isEmpty();
        assertThat(DatabaseCommand.of("--server.port=3001")).isEmpty();
    }

    @Test
    void knowsItsWords() {
        assertThat(DatabaseCommand.of("migrate")).contains(DatabaseCommand.MIGRATE);
        assertThat(DatabaseCommand.of("--debug", "prepare-database")).contains(DatabaseCommand.PREPARE_DATABASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrat", "Migrate", "serve", ""})
    void neverServesWhereAnotherWordWasMeant(String word) {
        assertThatThrownBy(() -> DatabaseCommand.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prepare-database");
    }
}
