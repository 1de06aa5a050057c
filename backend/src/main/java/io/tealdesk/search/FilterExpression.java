package io.tealdesk.search;

import java.util.List;

/**
 * What tickets a list, a count, a saved view, an export or a bar of a report is narrowed to: terms, joined by "all" and
 * "any" up to {@link #DEPTH_MAX} deep. {@link FilterJson} reads and writes it, {@link FilterCompiler} makes SQL of it.
 */
sealed interface FilterExpression {

    int DEPTH_MAX = 3;
    int TERMS_MAX = 30;
    int VALUES_MAX = 50;

    /** Without parts: every ticket. */
    record All(List<FilterExpression> parts) implements FilterExpression {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** Without parts: no ticket. */
    record Any(List<FilterExpression> parts) implements FilterExpression {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** @param path where it stands, to tell a client which value is wrong, such as {@code filter.all[1]} */
    record Term(String path, FilterProperty property, FilterOperator operator, List<String> values)
            implements FilterExpression {
        public Term {
            values = List.copyOf(values);
        }
    }
}
