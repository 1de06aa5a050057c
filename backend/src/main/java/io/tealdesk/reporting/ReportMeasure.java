package io.tealdesk.reporting;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What the roll-ups count; the codes are those of the function {@code report_facts}. */
enum ReportMeasure {
    OPENED(1),
    REOPENED(2),
    RESOLVED(3),
    CANCELLED(4),
    FIRST_REPLY(5),
    RESOLUTION(6),
    PUBLIC_REPLY(7),
    INTERNAL_NOTE(8),
    TAGGED(9);

    private static final List<ReportMeasure> BY_CODE = List.of(values());

    private final int code;

    ReportMeasure(int code) {
        this.code = code;
    }

    static ReportMeasure of(int code) {
        return BY_CODE.get(code - 1);
    }

    /** What one of it does to the number of tickets that are not done. */
    int toBacklog() {
        return switch (this) {
            case OPENED, REOPENED -> 1;
            case RESOLVED, CANCELLED -> -1;
            case FIRST_REPLY, RESOLUTION, PUBLIC_REPLY, INTERNAL_NOTE, TAGGED -> 0;
        };
    }

    /** Whether it counts durations too, in buckets. */
    boolean hasDurations() {
        return this == FIRST_REPLY || this == RESOLUTION;
    }

    /** As one text: a list would be as many parameters, and a statement of its own for each length. */
    static String codes(Collection<ReportMeasure> measures) {
        return measures.stream()
                .map(measure -> Integer.toString(measure.code))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
