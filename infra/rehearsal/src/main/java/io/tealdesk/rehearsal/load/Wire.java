package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Sends single requests to the desk and records each; repeats nothing by itself, follows nothing, keeps no cookies. */
final class Wire implements AutoCloseable {

    static final String ADDRESS_HEADER = "X-Rehearsal-Address";

    private static final int CONNECTIONS_MAX = 4_000;
    private static final int BODY_BYTES_MAX = 30 * 1024 * 1024;
    /** Less than any server on the way keeps an idle connection. */
    private static final TimeValue IDLE_MAX = TimeValue.ofSeconds(20);

    private final URI desk;
    private final CloseableHttpClient http;
    private final Consumer<RequestRecord> records;
    private final InstantSource clock;

    Wire(URI desk, Duration patience, Consumer<RequestRecord> records, InstantSource clock) {
        this.desk = desk;
        this.records = records;
        this.clock = clock;
        var timeout = Timeout.of(patience);
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS_MAX)
                        .setMaxConnPerRoute(CONNECTIONS_MAX)
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .setIdleTimeout(Timeout.ofSeconds(20))
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(timeout).build())
                .evictIdleConnections(IDLE_MAX)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Mozilla/5.0 (X11; Linux x86_64) Tealdesk-Rehearsal")
                .build();
    }

    /** For what is not over with its answer. */
    void record(RequestRecord record) {
        records.accept(record);
    }

    HttpClient http() {
        return http;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * @param intended when it was meant to be sent, from which its latency counts
     * @param cookie the refresh cookie's value, where the call goes to its path
     */
    Answer send(
            Call call,
            int attempt,
            Instant intended,
            String address,
            @Nullable String accessToken,
            @Nullable String cookie) {
        Instant sent = clock.instant();
        Answer answer;
        try {
            answer = http.execute(request(call, address, accessToken, cookie), response -> read(response, call));
        } catch (IOException e) {
            answer = Answer.none(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        records.accept(new RequestRecord(
                call.operation(),
                attempt,
                intended,
                sent,
                Duration.between(intended, clock.instant()),
                answer.status(),
                answer.release(),
                answer.failure()));
        return answer;
    }

    HttpUriRequestBase request(Call call, String address, @Nullable String accessToken, @Nullable String cookie) {
        var request = new HttpUriRequestBase(call.method(), desk.resolve(call.path()));
        request.addHeader(ADDRESS_HEADER, address);
        if (!call.method().equals("GET")) {
            request.addHeader("Origin", desk.getScheme() + "://" + desk.getAuthority());
        }
        call.headers().forEach(request::addHeader);
        if (accessToken != null) {
            request.addHeader("Authorization", "Bearer " + accessToken);
        }
        if (cookie != null) {
            request.addHeader("Cookie", Session.COOKIE + "=" + cookie);
        }
        byte[] body = call.body();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        return request;
    }

    private static Answer read(ClassicHttpResponse response, Call call) throws IOException {
        var entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity, BODY_BYTES_MAX);
        int status = response.getCode();
        return new Answer(
                status,
                body == null ? new byte[0] : body,
                header(response, "X-Release"),
                refreshCookie(response),
                header(response, "Retry-After"),
                call.expected().contains(status) ? null : describe(status, body));
    }

    private static String describe(int status, byte @Nullable [] body) {
        return status + " " + Json.problem(body == null ? new byte[0] : body);
    }

    static @Nullable String header(ClassicHttpResponse response, String name) {
        try {
            Header header = response.getHeader(name);
            return header == null ? null : header.getValue();
        } catch (ProtocolException e) {
            // Given twice: nothing that could be relied on.
            return null;
        }
    }

    private static @Nullable String refreshCookie(ClassicHttpResponse response) {
        for (Header header : response.getHeaders("Set-Cookie")) {
            String value = header.getValue();
            if (value.startsWith(Session.COOKIE + "=")) {
                int end = value.indexOf(';');
                return value.substring(Session.COOKIE.length() + 1, end < 0 ? value.length() : end);
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
