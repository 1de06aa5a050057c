package io.tealdesk.conversations;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Markdown (CommonMark) in, HTML out that may be shown to anybody. HTML in the Markdown is shown as text; the allow-list
 * behind it holds even if the renderer had a hole. Remote images are left out: they would tell their sender who reads.
 */
public final class MessageBody {

    private static final int TABLE_CELLS_MAX = 10_000;

    /** The line below a table's header, also within quotes and lists; more lines match than make a table. */
    private static final Pattern TABLE_RULE = Pattern.compile("[\\s>*+0-9.)|:-]++");

    /** A relative link would lead into the reader's own desk. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)(?:https?://|mailto:|tel:).+");

    private static final List<Extension> WITHOUT_TABLES =
            List.of(AutolinkExtension.create(), StrikethroughExtension.create());
    private static final List<Extension> EXTENSIONS =
            List.of(AutolinkExtension.create(), StrikethroughExtension.create(), TablesExtension.create());
    private static final Parser PARSER = parser(EXTENSIONS);
    private static final Parser PARSER_WITHOUT_TABLES = parser(WITHOUT_TABLES);
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br />\n")
            // A link must not take the reader, and what they are typing, away from the desk.
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (tag.equals("a")
                        && ELSEWHERE
                                .matcher(attributes.getOrDefault("href", ""))
                                .matches()) {
                    attributes.put("target", "_blank");
                }
            })
            .build();
    private static final PolicyFactory ALLOWED = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "strong",
                    "em",
                    "del",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "code",
                    "pre",
                    "hr",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "a",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td")
            .allowUrlProtocols("http", "https", "mailto", "tel")
            .allowAttributes("href")
            .matching(ELSEWHERE)
            .onElements("a")
            .allowAttributes("target")
            .matching(true, "_blank")
            .onElements("a")
            .allowAttributes("align")
            .matching(true, "left", "center", "right")
            .onElements("th", "td")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .requireRelsOnLinks("nofollow", "noopener", "noreferrer", "ugc")
            .toFactory();

    private MessageBody() {}

    public static String html(String markdown) {
        var parser = cellsAtMost(markdown) <= TABLE_CELLS_MAX ? PARSER : PARSER_WITHOUT_TABLES;
        return ALLOWED.sanitize(RENDERER.render(parser.parse(markdown)));
    }

    /**
     * Every row of a table is filled up to its width, so that cells, and with them time and HTML, grow with the square of
     * what was written. This counts them beforehand, rather too many than too few.
     */
    private static long cellsAtMost(String markdown) {
        long cells = 0;
        long columns = 0;
        for (var line : (Iterable<String>) markdown.lines()::iterator) {
            if (line.indexOf('-') >= 0 && TABLE_RULE.matcher(line).matches()) {
                columns = line.chars().filter(c -> c == '|').count() + 1;
            } else if (line.isBlank()) {
                columns = 0;
            }
            cells += columns;
        }
        return cells;
    }

    private static Parser parser(List<Extension> extensions) {
        return Parser.builder().extensions(extensions).maxOpenBlockParsers(50).build();
    }
}
