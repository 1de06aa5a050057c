package io.tealdesk.shared;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What Tomcat refuses before any filter runs, such as a malformed request line, is answered as a problem as well. */
@Component
class ConnectorProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    /** Made by Tomcat, by its name. */
    public static class ProblemValve extends ErrorReportValve {

        private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            var isClientError = response.getStatus() < 500;
            var slug = isClientError ? "malformed-request" : "internal-error";
            var title = isClientError ? "Malformed request" : "Something went wrong on our side";
            // No filter has seen the request, so nothing has named it yet.
            var requestId = Objects.requireNonNullElseGet(
                    response.getHeader(RequestIdFilter.HEADER),
                    () -> UUID.randomUUID().toString());
            log.debug("Refused as {}: {}", response.getStatus(), requestId);
            var body = """
                    {"type":"/problems/%s","title":"%s","status":%d,\
                    "detail":"The request cannot be understood as HTTP.","requestId":"%s"}""".formatted(slug, title, response.getStatus(), requestId);
            try {
                response.setHeader(RequestIdFilter.HEADER, requestId);
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                var writer = response.getReporter();
                if (writer != null) {
                    writer.write(body);
                    response.finishResponse();
                }
            } catch (IOException | IllegalStateException e) {
                // The client is gone; there is nobody left to tell.
                return;
            }
        }
    }
}
