package io.tealdesk.rehearsal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/** What all the reports' pages have in common. */
final class Page {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Page() {}

    static void open(Markup page, String title, Instant at) {
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.leaf("title", title + " · Tealdesk rehearsal");
        // Or the browser asks for favicon.ico where the page is served.
        page.empty("link", "rel", "icon", "href", "data:,");
        page.open("style").raw(style()).close();
        page.close().open("body");
        page.open("header", "class", "brand");
        page.open("svg", "width", 28, "height", 28, "viewBox", "0 0 32 32", "aria-hidden", "true");
        page.empty("path", "class", "logo-blue", "d", "M2 27.5 3.2 22A9.5 9.5 0 1 1 7 25.6Z");
        page.empty("path", "class", "logo-green", "d", "M30 27.5 28.8 22A9.5 9.5 0 1 0 25 25.6Z");
        page.empty("path", "class", "logo-teal", "d", "M16 10.2a9.5 9.5 0 0 1 0 13.9 9.5 9.5 0 0 1 0-13.9Z");
        page.close();
        page.leaf("strong", "Tealdesk").text(" deployment rehearsal");
        page.leaf("time", DATE.format(at), "datetime", at);
        page.close().open("main");
    }

    static String close(Markup page) {
        return page.close().close().close().toString();
    }

    /** The verdict's card, left open for more; closed with one {@link Markup#close()}. */
    static void verdict(Markup page, boolean passed, String title, String sentence) {
        page.open("section", "class", passed ? "verdict" : "verdict failed").open("h1");
        page.open("svg", "viewBox", "0 0 24 24", "role", "img", "aria-label", passed ? "Passed" : "Failed");
        page.empty("circle", "cx", 12, "cy", 12, "r", 12, "fill", "currentColor");
        page.empty(
                "path",
                "d",
                passed ? "M6.5 12.5l3.8 3.8 7.4-8" : "M8 8l8 8M16 8l-8 8",
                "fill",
                "none",
                "stroke",
                "var(--surface)",
                "stroke-width",
                "2.6",
                "stroke-linecap",
                "round",
                "stroke-linejoin",
                "round");
        page.close().leaf("span", title).close();
        page.leaf("p", sentence);
    }

    static void badge(Markup page, boolean isGood, String text) {
        page.leaf("span", (isGood ? "✓ " : "✗ ") + text, "class", isGood ? "badge passed" : "badge failed");
    }

    /** Wide tables are moved sideways, by the keyboard too. */
    static void openTable(Markup page, String name, String style, String... columns) {
        page.open("div", "class", "scroll", "tabindex", 0, "role", "region", "aria-label", name);
        page.open("table", "class", style).open("thead").open("tr");
        for (String column : columns) {
            boolean isNumber = column.startsWith("#");
            page.leaf(
                    "th",
                    isNumber ? column.substring(1) : column,
                    "scope",
                    "col",
                    "class",
                    isNumber ? "number" : "nowrap");
        }
        page.close().close().open("tbody");
    }

    static void closeTable(Markup page) {
        page.close().close().close();
    }

    static void number(Markup page, String value) {
        page.leaf("td", value, "class", "number");
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"), "page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
