package io.tealdesk.search;

import static org.assertj.core.api.Assertions.assertThat;

/** Brings the search index up to date when a test says so, in the test's own thread. */
public class TestSearchIndex {

    private final SearchQueue queue;
    private final SearchFill fill;

    TestSearchIndex(SearchQueue queue, SearchFill fill) {
        this.queue = queue;
        this.fill = fill;
    }

    public void bringUpToDate() {
        boolean goesOn;
        do {
            var hasFilled = fill.step();
            var hasWorked = queue.work() > 0;
            goesOn = hasFilled || hasWorked;
        } while (goesOn);
        // From now on lists rely on the index.
        assertThat(fill.isComplete()).isTrue();
    }
}
