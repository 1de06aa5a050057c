package io.tealdesk.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.shared.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketSubjectTests {

    @Test
    void isOneLineWithoutControls() {
        assertThat(TicketSubject.normalised("  Trailer\r\n\tsqueaks\u2028again\u0007 "))
                .isEqualTo("Trailer squeaks again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0645\u0631\u062D\u0628\u0627",
                "\uD83D\uDC69\u200D\uD83D\uDD27",
                "?",
                "\u05E9\u05DC\u05D5\u05DD \u2026"
            })
    void keepsEveryScript(String subject) {
        assertThat(TicketSubject.normalised(subject)).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "\u00A0", "\u0085", "\u0007", "\u202E\u2060"})
    void holdsSomethingToSee(String subject) {
        assertThatThrownBy(() -> TicketSubject.normalised(subject)).isInstanceOf(Problem.class);
    }
}
