package io.tealdesk.shared;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What a desk must know of itself.
 *
 * @param baseUrl where people reach the desk; links in mail start with it, never with a request's Host header
 * @param release identifies what runs; sent in the {@code X-Release} header of each response
 * @param mailFrom sender of all mail
 * @param mailCatcherUrl where caught mail can be read; only in the embedded default
 */
@Validated
@ConfigurationProperties("tealdesk")
public record DeskProperties(
        URI baseUrl,
        @NotBlank String release,
        @NotBlank String mailFrom,
        @Nullable URI mailCatcherUrl) {

    public String link(String path) {
        return baseUrl.toString().replaceAll("/+$", "") + path;
    }
}
