package io.tealdesk.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTests {

    @Test
    void makesOneLineOfMany() {
        assertThat(OneLine.of("subject", "  The\r\n\ttrailer\u2028squeaks\u0007 "))
                .isEqualTo("The trailer squeaks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"שלום", "مرحبا", "👩‍🔧", "日本語", "?", "é", "two  spaces"})
    void keepsWhatCanBeSeen(String text) {
        assertThat(OneLine.of("subject", text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200B",
                "\u202E\u200B",
                "\u00A0",
                "\u3164",
                "\u2800",
                "\u0301",
                "\r\n",
                "",
                "\u0085",
                "\u202E\u2060"
            })
    void refusesWhatNobodyCouldSee(String text) {
        assertThatThrownBy(() -> OneLine.of("subject", text)).isInstanceOf(Problem.class);
    }
}
