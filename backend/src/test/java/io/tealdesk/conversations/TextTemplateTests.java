package io.tealdesk.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.conversations.TextTemplate.Values;
import io.tealdesk.shared.FieldProblem;
import io.tealdesk.shared.Problem;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTests {

    @Test
    void fillsInWhatItKnows() {
        var text = "Hi {{requester.firstName}} ({{ requester.name }}), #{{ticket.number}} “{{ticket.subject}}” of "
                + "{{organisation.name}} is with {{agent.firstName}}. {{agent.name}}";

        assertThat(TextTemplate.rendered(text, values("Mira Birnbaum", "Cracked drawbar", "Quittenhof")))
                .isEqualTo("Hi Mira (Mira Birnbaum), #10482 “Cracked drawbar” of Quittenhof is with Dana. Dana Okafor");
    }

    @ParameterizedTest
    @CsvSource({
        "Mira Birnbaum, Mira",
        "Mira, Mira",
        "Dr. Anna Bauer, Anna",
        "'Bauer, Anna Maria', Anna",
        "J. Smith, J.",
        "Prof. Dr., Dr.",
        "ines@example.org, there",
    })
    void callsPeopleByTheirFirstName(String name, String firstName) {
        assertThat(TextTemplate.rendered("{{requester.firstName|there}}", values(name, "S", null)))
                .isEqualTo(firstName);
    }

    @Test
    void saysSomethingElseWhereThereIsNoValue() {
        var values = values("Mira", "S", null);

        assertThat(TextTemplate.rendered("for {{organisation.name|your order}}", values))
                .isEqualTo("for your order");
        assertThat(TextTemplate.rendered("for {{organisation.name}}.", values)).isEqualTo("for .");
        assertThat(TextTemplate.rendered("for {{organisation.name| $1 \\ }}.", values))
                .isEqualTo("for $1 \\.");
    }

    @Test
    void neverLooksIntoAValue() {
        assertThat(TextTemplate.rendered("{{ticket.subject}}|", values("M", "{{agent.name}} $0 \\1", null)))
                .isEqualTo("{{agent.name}} $0 \\\\1|");
        assertThat(TextTemplate.rendered("{{requester.name}}{{ticket.subject}}", values("{{agent", ".name}}", null)))
                .isEqualTo("{{agent.name}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**bold** __strong__ _em_ ~~gone~~ `code`",
                "[click](evil) ![x](evil.png)",
                "<script>alert(1)</script> <b>x</b>",
                "# Heading",
                "> quote",
                "- item",
                "+ item",
                "* item",
                "1. first",
                "2) second",
                "---",
                "===",
                "&lt;b&gt; &#60;",
                "back\\*slash\\",
                "a | b",
                "snake_case_name and 3 * 4 < 5",
            })
    void insertsValuesAsText(String value) {
        var expected = MessageBody.html("X").replace("X", escapedHtml(value));

        for (var place : List.of("{{ticket.subject}}", "  {{ticket.subject}}")) {
            assertThat(MessageBody.html(TextTemplate.rendered(place, values("M", value, null))))
                    .as(place)
                    .isEqualTo(expected);
        }
        assertThat(MessageBody.html(TextTemplate.rendered("- {{ticket.subject}}", values("M", value, null))))
                .doesNotContain("<h1>", "<blockquote>", "<ol>", "<hr")
                .containsOnlyOnce("<li>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{requester.email}}",
                "Hi {{requester.firstname}}",
                "{{}}",
                "{{ }}",
                "{{requester.name",
                "{{{requester.name}}}",
                "{{requester.name|{{agent.name}}}}",
                "{{requester.name}} {{nobody|x}}",
            })
    void refusesWhatItDoesNotKnowAndSaysWhatItDoes(String text) {
        assertThatThrownBy(() -> TextTemplate.check("text", text))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.property("errors"))
                                .asInstanceOf(InstanceOfAssertFactories.list(FieldProblem.class))
                                .singleElement()
                                .satisfies(error -> {
                                    assertThat(error.field()).isEqualTo("text");
                                    assertThat(error.code()).isEqualTo("UnknownVariable");
                                    assertThat(error.message())
                                            .contains("{{requester.firstName}}", "{{organisation.name}}");
                                }));
    }

    @Test
    void acceptsWhatItCanFillIn() {
        assertThatCode(() -> TextTemplate.check("text", "{{requester.firstName|there}} {} { } }} {{ticket.number}}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TextTemplate.check("text", "{{ticket.subject}}".repeat(51)))
                .isInstanceOf(Problem.class);
    }

    private static Values values(String requester, String subject, @Nullable String organisation) {
        return new Values(requester, 10_482, subject, organisation, "Dana Okafor");
    }

    private static String escapedHtml(String text) {
        return org.owasp.html.Sanitizers.FORMATTING.sanitize(
                text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
