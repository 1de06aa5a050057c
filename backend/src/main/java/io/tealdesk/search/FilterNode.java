package io.tealdesk.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter expression on the wire: a group, which has "all" or "any", or a term, which has the rest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FilterNode(
        @Nullable List<FilterNode> all,
        @Nullable List<FilterNode> any,
        @Nullable String property,
        @Nullable String operator,
        @Nullable List<String> values) {}
