package io.tealdesk.rehearsal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BrowserReportTests {

    @Test
    void aRowForEachOperationAndALineForEachScroll() {
        String text = text("true");
        assertThat(text)
                .contains("| move | 60 | 20 | 31 | 41 |  | |  | 24 | 0 |\n")
                .contains("| open | 61 | 40 | 60 | 70 | 80 | 90 | 110 | 48 | 51 |\n")
                .contains(
                        "Scrolling down through 3,012 rows in 8 s: 1 tasks above 50 ms, the longest task 52 ms, the longest\n")
                .contains("171.3 KB of scripts in 9 files, of at most 200 KB.\n")
                .endsWith("All of it holds.");
    }

    @Test
    void aBrokenPromiseIsSaid() {
        assertThat(text("false")).endsWith("**Not all of it holds.**");
    }

    private static String text(String holds) {
        // As frontend/e2e/paint.mjs writes it.
        String found = """
            {"browser": "Chromium 156.0.1", "promiseMs": 100, "longTaskMs": 50, "holds": %s,
             "operations": [
               {"name": "move", "count": 60, "paint": {"p50": 20.4, "p95": 30.6, "max": 41},
                "content": null, "event": {"p50": 16, "p95": 24, "max": 32}, "longestTask": 0},
               {"name": "open", "count": 61, "paint": {"p50": 40, "p95": 60, "max": 70},
                "content": {"p50": 80, "p95": 90, "max": 110}, "event": {"p50": 32, "p95": 48, "max": 56}, "longestTask": 51}],
             "scrolling": [{"name": "down", "rows": 3012, "seconds": 8.2, "longTasks": 1, "longestTask": 52, "longestFrame": 64.5,
                            "blame": [{"duration": 64.5}]}],
             "scripts": {"files": 9, "kilobytes": 171.26, "limit": 200}}""".formatted(holds);
        BrowserPaint.Told told = JsonMapper.shared().readValue(found, BrowserPaint.Told.class);
        return String.join("\n", BrowserReport.lines(told));
    }
}
