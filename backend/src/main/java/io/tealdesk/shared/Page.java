package io.tealdesk.shared;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. {@code nextCursor} is absent on the last one, {@code previousCursor} on the first one and in lists
 * that are only read forwards.
 */
public record Page<T>(
        List<T> items,
        @Nullable String nextCursor,
        @Nullable String previousCursor) {

    /**
     * Cuts a page out of rows that were read with {@code limit + 1}.
     *
     * @param cursorOf makes the cursor that continues after the given row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> cursorOf) {
        return after(null, rows, limit, cursorOf);
    }

    /**
     * Cuts a page out of rows that were read forwards with {@code limit + 1}, in a list that is read both ways.
     *
     * @param place where the page begins, null for the start of the list
     */
    public static <T> Page<T> after(@Nullable Cursor place, List<T> rows, int limit, Function<T, Cursor> cursorOf) {
        var items = List.copyOf(rows.subList(0, Math.min(rows.size(), limit)));
        return new Page<>(
                items,
                rows.size() > limit ? cursorOf.apply(items.getLast()).encoded() : null,
                place != null && !items.isEmpty()
                        ? cursorOf.apply(items.getFirst()).encoded()
                        : null);
    }

    /** Cuts the page before a place out of rows that were read backwards from it with {@code limit + 1}. */
    public static <T> Page<T> before(List<T> rows, int limit, Function<T, Cursor> cursorOf) {
        var items = rows.subList(0, Math.min(rows.size(), limit)).reversed();
        return new Page<>(
                List.copyOf(items),
                items.isEmpty() ? null : cursorOf.apply(items.getLast()).encoded(),
                rows.size() > limit ? cursorOf.apply(items.getFirst()).encoded() : null);
    }
}
