package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketExportController {

    private final TicketExport export;

    TicketExportController(TicketExport export) {
        this.export = export;
    }

    /** The tickets of a list for a spreadsheet, all of them, by number. */
    @GetMapping(path = "/api/v1/tickets/export.csv", produces = "text/csv")
    void exportTickets(
            @ParameterObject @Valid TicketFilter filter,
            @AuthenticationPrincipal Viewer viewer,
            HttpServletResponse response) {
        export.write(viewer, filter, () -> begun(response));
    }

    private static Writer begun(HttpServletResponse response) {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("tickets.csv").build().toString());
        try {
            return response.getWriter();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
