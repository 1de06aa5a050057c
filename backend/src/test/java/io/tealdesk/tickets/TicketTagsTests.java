package io.tealdesk.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.shared.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTagsTests {

    @Test
    void writesEachTagOneWay() {
        assertThat(TicketTags.normalised(List.of(" Brakes ", "brakes", "f\u00FCr", "fu\u0308r", "e-bike 2.0")))
                .containsExactly("brakes", "e-bike 2.0", "f\u00FCr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b", "-leading", "a\nb", "\u200B", "<b>", "a\u202Eb"})
    void refusesWhatHistoryOrAFilterCouldNotCarry(String tag) {
        assertThatThrownBy(() -> TicketTags.normalised(List.of(tag))).isInstanceOf(Problem.class);
    }

    @Test
    void boundsTheirLengthAndNumber() {
        var tooMany = IntStream.rangeClosed(0, TicketTags.TAGS_MAX)
                .mapToObj(i -> "tag" + i)
                .toList();

        assertThatThrownBy(() -> TicketTags.normalised(tooMany)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> TicketTags.normalised(List.of("x".repeat(TicketTags.LENGTH_MAX + 1))))
                .isInstanceOf(Problem.class);
    }
}
