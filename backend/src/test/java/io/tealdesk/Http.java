package io.tealdesk;

import static io.tealdesk.DeskFixtures.as;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.identity.Viewer;
import java.io.UnsupportedEncodingException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Requests as a client makes them, in one line each. */
public class Http {

    private final MockMvcTester mvc;

    public Http(MockMvcTester mvc) {
        this.mvc = mvc;
    }

    public MvcTestResult get(@Nullable Viewer viewer, String uri, Object... variables) {
        var request = mvc.get().uri(uri, variables);
        return (viewer == null ? request : request.with(as(viewer))).exchange();
    }

    /** With a new Idempotency-Key. */
    public MvcTestResult post(@Nullable Viewer viewer, String uri, String json) {
        return post(viewer, uri, UUID.randomUUID().toString(), json);
    }

    public MvcTestResult post(@Nullable Viewer viewer, String uri, String idempotencyKey, String json) {
        var request = mvc.post()
                .uri(uri)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json);
        return (viewer == null ? request : request.with(as(viewer))).exchange();
    }

    /** A change of what two people may edit. */
    public MvcTestResult change(HttpMethod method, Viewer viewer, String uri, @Nullable String etag, String json) {
        var request = mvc.method(method).uri(uri).with(as(viewer));
        if (etag != null) {
            request.header(HttpHeaders.IF_MATCH, etag);
        }
        if (!json.isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).content(json);
        }
        return request.exchange();
    }

    public MvcTestResult upload(Viewer viewer, String fileName, byte[] content) {
        return mvc.post()
                .uri("/api/v1/attachments?fileName={name}", fileName)
                .with(as(viewer))
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .content(content)
                .exchange();
    }

    public static String body(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value at a JSON path, as text. */
    public static String text(MvcTestResult result, String path) {
        return String.valueOf(JsonPath.<Object>read(body(result), path));
    }

    public static String etag(MvcTestResult result) {
        return java.util.Objects.requireNonNull(result.getResponse().getHeader(HttpHeaders.ETAG));
    }
}
