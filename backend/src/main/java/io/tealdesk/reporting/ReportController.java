package io.tealdesk.reporting;

import io.tealdesk.identity.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Numbers over time, by team, agent and tag. */
@RestController
@RequestMapping("/api/v1/reports")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class ReportController {

    private final Reports reports;
    private final ReportCounting counting;

    ReportController(Reports reports, ReportCounting counting) {
        this.reports = reports;
        this.counting = counting;
    }

    @GetMapping("/volume")
    ReportSeries getVolumeReport(
            @ParameterObject @Valid ReportRequest request, @AuthenticationPrincipal Viewer viewer) {
        return reports.series(viewer, ReportName.VOLUME, request);
    }

    @GetMapping("/backlog")
    ReportSeries getBacklogReport(
            @ParameterObject @Valid ReportRequest request, @AuthenticationPrincipal Viewer viewer) {
        return reports.series(viewer, ReportName.BACKLOG, request);
    }

    @GetMapping("/first-reply")
    ReportSeries getFirstReplyReport(
            @ParameterObject @Valid ReportRequest request, @AuthenticationPrincipal Viewer viewer) {
        return reports.series(viewer, ReportName.FIRST_REPLY, request);
    }

    @GetMapping("/resolution")
    ReportSeries getResolutionReport(
            @ParameterObject @Valid ReportRequest request, @AuthenticationPrincipal Viewer viewer) {
        return reports.series(viewer, ReportName.RESOLUTION, request);
    }

    @GetMapping("/load")
    ReportTable getLoadReport(@ParameterObject @Valid ReportRequest request, @AuthenticationPrincipal Viewer viewer) {
        return reports.table(viewer, ReportName.LOAD, request);
    }

    @GetMapping("/tags")
    ReportTable getTagsReport(@ParameterObject @Valid ReportRequest request, @AuthenticationPrincipal Viewer viewer) {
        return reports.table(viewer, ReportName.TAGS, request);
    }

    /** The same numbers for a spreadsheet; a report's name is that of its address, such as first-reply. */
    @GetMapping(path = "/{report}.csv", produces = "text/csv")
    void exportReport(
            @PathVariable ReportName report,
            @ParameterObject @Valid ReportRequest request,
            @AuthenticationPrincipal Viewer viewer,
            HttpServletResponse response)
            throws IOException {
        // All of it is read before the first byte leaves: what fails is still a problem, and bars are few.
        if (report.isSeries()) {
            var series = reports.series(viewer, report, request);
            begin(response, report, request);
            ReportCsv.write(series, response.getWriter());
        } else {
            var table = reports.table(viewer, report, request);
            begin(response, report, request);
            ReportCsv.write(table, response.getWriter());
        }
    }

    /** Counts everything anew from the tickets' histories. Reports go on as they are until it is through. */
    @PutMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    void rebuildReports() {
        counting.rebuild();
    }

    private static void begin(HttpServletResponse response, ReportName report, ReportRequest request) {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("%s-%s-%s.csv".formatted(report.word(), request.from(), request.to()))
                        .build()
                        .toString());
    }
}
