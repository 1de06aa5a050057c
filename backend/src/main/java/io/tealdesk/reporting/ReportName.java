package io.tealdesk.reporting;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The reports there are. */
enum ReportName {
    VOLUME,
    BACKLOG,
    FIRST_REPLY,
    RESOLUTION,
    LOAD,
    TAGS;

    Set<ReportMeasure> measures() {
        return switch (this) {
            case VOLUME, BACKLOG ->
                EnumSet.of(
                        ReportMeasure.OPENED, ReportMeasure.RESOLVED, ReportMeasure.REOPENED, ReportMeasure.CANCELLED);
            case FIRST_REPLY -> EnumSet.of(ReportMeasure.FIRST_REPLY);
            case RESOLUTION -> EnumSet.of(ReportMeasure.RESOLUTION);
            case LOAD ->
                EnumSet.of(
                        ReportMeasure.OPENED,
                        ReportMeasure.RESOLVED,
                        ReportMeasure.REOPENED,
                        ReportMeasure.CANCELLED,
                        ReportMeasure.PUBLIC_REPLY,
                        ReportMeasure.INTERNAL_NOTE);
            case TAGS -> EnumSet.of(ReportMeasure.TAGGED);
        };
    }

    List<ReportColumn> columns() {
        return switch (this) {
            case VOLUME ->
                List.of(ReportColumn.OPENED, ReportColumn.RESOLVED, ReportColumn.REOPENED, ReportColumn.CANCELLED);
            case BACKLOG -> List.of(ReportColumn.BACKLOG);
            case FIRST_REPLY ->
                List.of(ReportColumn.FIRST_REPLY_COUNT, ReportColumn.FIRST_REPLY_MEDIAN, ReportColumn.FIRST_REPLY_P90);
            case RESOLUTION ->
                List.of(ReportColumn.RESOLUTION_COUNT, ReportColumn.RESOLUTION_MEDIAN, ReportColumn.RESOLUTION_P90);
            case LOAD ->
                List.of(
                        ReportColumn.OPENED,
                        ReportColumn.RESOLVED,
                        ReportColumn.REOPENED,
                        ReportColumn.BACKLOG,
                        ReportColumn.PUBLIC_REPLIES,
                        ReportColumn.INTERNAL_NOTES);
            case TAGS -> List.of(ReportColumn.OPENED);
        };
    }

    boolean isSeries() {
        return this != LOAD && this != TAGS;
    }

    /** As it stands in addresses. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
