package io.tealdesk.live;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The stream of what changes, as server-sent events; it lasts for minutes, on the virtual thread of its request. */
@RestController
class LiveController {

    private final LiveStreams streams;
    private final LiveFeed feed;

    LiveController(LiveStreams streams, LiveFeed feed) {
        this.streams = streams;
        this.feed = feed;
    }

    @GetMapping(path = "/api/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    @ApiResponse(
            responseCode = "200",
            description = "Events hello, ticket, presence and goodbye",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void streamLiveEvents(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpMethod method,
            HttpServletResponse response,
            @AuthenticationPrincipal Viewer viewer)
            throws InterruptedException, IOException {
        var stream = new LiveStream(viewer);
        var begun = streams.add(stream);
        if (begun == null) {
            throw Problem.temporarilyUnavailable();
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
            // Nginx would gather events before it passes them on.
            response.setHeader("X-Accel-Buffering", "no");
            // What ended after minutes is not used again: the task may have begun to stop meanwhile.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            if (!method.equals(HttpMethod.HEAD)) {
                feed.run(stream, begun, lastEventId, streams.lifetime(), response.getOutputStream());
            }
        } finally {
            streams.remove(stream);
        }
    }
}
