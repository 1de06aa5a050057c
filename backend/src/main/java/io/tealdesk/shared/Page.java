package io.tealdesk.shared;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. {@code nextCursor} is absent on the last one. */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * Cuts a page out of rows that were read with {@code limit + 1}.
     *
     * @param cursorOf makes the cursor that continues after the given row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> cursorOf) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, limit);
        return new Page<>(List.copyOf(items), cursorOf.apply(items.getLast()).encoded());
    }
}
