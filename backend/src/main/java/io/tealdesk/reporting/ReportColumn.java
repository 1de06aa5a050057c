package io.tealdesk.reporting;

/** One kind of number in a report. Medians and ninetieth percentiles are seconds, everything else is counted. */
enum ReportColumn {
    OPENED,
    RESOLVED,
    REOPENED,
    CANCELLED,
    BACKLOG,
    FIRST_REPLY_COUNT,
    FIRST_REPLY_MEDIAN,
    FIRST_REPLY_P90,
    RESOLUTION_COUNT,
    RESOLUTION_MEDIAN,
    RESOLUTION_P90,
    PUBLIC_REPLIES,
    INTERNAL_NOTES
}
