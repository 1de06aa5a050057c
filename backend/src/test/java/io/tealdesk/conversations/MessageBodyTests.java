package io.tealdesk.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

class MessageBodyTests {

    @Test
    void rendersWhatPeopleWrite() {
        assertThat(MessageBody.html("**Hello**\nthere\n\n- one\n- two\n\n`x < y`"))
                .isEqualToIgnoringWhitespace(
                        "<p><strong>Hello</strong><br />there</p><ul><li>one</li><li>two</li></ul><p><code>x &lt; y</code></p>");
    }

    @Test
    void linksAddressesWithoutTrust() {
        assertThat(MessageBody.html("See https://tealdesk.example/a?b=1&c=2"))
                .contains("href=\"https://tealdesk.example/a?b&#61;1&amp;c&#61;2\"")
                .contains("nofollow")
                .contains("noopener")
                .contains("target=\"_blank\"");
    }

    @Test
    void keepsEveryScriptAndEmoji() {
        assertThat(HtmlUtils.htmlUnescape(MessageBody.html("שלום 👩‍🔧 مرحبا"))).isEqualTo("<p>שלום 👩‍🔧 مرحبا</p>\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg onload=alert(1)>",
                "<iframe src=\"javascript:alert(1)\"></iframe>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
                "[x](vbscript:msgbox(1))",
                "![x](https://tracker.example/pixel.gif)",
                "![x](x\" onerror=\"alert(1))",
                "[x](https://a.example \"title\" onmouseover=alert(1))",
                "<a href=\"https://a.example\" onclick=\"alert(1)\">x</a>",
                "<style>body{display:none}</style>",
                "<div style=\"position:fixed\">x</div>",
                "<https://a.example/\"onmouseover=\"alert(1)>",
                "```html\n<script>alert(1)</script>\n```",
                "| a |\n|---|\n| <script>alert(1)</script> |"
            })
    void letsNothingRun(String hostile) {
        // Every tag that comes out is one of a few, with attributes of a few, and links lead to the web or to mail.
        var html = MessageBody.html(hostile);

        assertThat(html.replaceAll(
                                "</?(p|br|strong|em|del|blockquote|ul|ol|li|code|pre|hr|h[1-6]|table|thead|tbody|tr)( /)?>",
                                "")
                        .replaceAll("</?(th|td)( align=\"(left|center|right)\")?>", "")
                        .replaceAll(
                                "<a href=\"(https?|mailto|tel):[^\"<>]*\" target=\"_blank\" rel=\"[a-z ]*\">|</a>", ""))
                .doesNotContain("<")
                .doesNotContain(">");
    }

    @Test
    void drawsTables() {
        assertThat(MessageBody.html("| part | count |\n|---|--:|\n| hinge | 2 |"))
                .contains("<th>part</th>", "<td align=\"right\">2</td>");
    }

    @Test
    void showsTablesThatWouldExplodeAsText() {
        var wide = table(1_000, 20_000);
        var many = table(70, 135).repeat(90);

        assertThat(MessageBody.html(wide)).doesNotContain("<table").hasSizeLessThan(5 * wide.length());
        assertThat(MessageBody.html(many)).doesNotContain("<table").hasSizeLessThan(5 * many.length());
    }

    private static String table(int columns, int rows) {
        return "|" + "a|".repeat(columns) + "\n|" + "-|".repeat(columns) + "\n" + "b\n".repeat(rows) + "\n";
    }

    @Test
    void staysQuickOnNestedText() {
        assertThat(MessageBody.html(">".repeat(20_000))).isNotEmpty();
        assertThat(MessageBody.html("[".repeat(20_000))).isNotEmpty();
        assertThat(MessageBody.html("-".repeat(50_000) + "x")).isNotEmpty();
    }
}
