package io.tealdesk.search;

/** How a term compares. Several values mean any of them, for ALL_OF all. */
enum FilterOperator {
    IN,
    NOT_IN,
    ALL_OF,
    EMPTY,
    NOT_EMPTY,
    /** Earlier than the instant. */
    BEFORE,
    /** At the instant or later. */
    AFTER,
    IS,
    CONTAINS;

    int valuesMin() {
        return this == EMPTY || this == NOT_EMPTY ? 0 : 1;
    }

    int valuesMax() {
        return switch (this) {
            case IN, NOT_IN, ALL_OF -> FilterExpression.VALUES_MAX;
            case EMPTY, NOT_EMPTY -> 0;
            case BEFORE, AFTER, IS, CONTAINS -> 1;
        };
    }
}
