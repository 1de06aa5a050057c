package io.tealdesk.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks the desk as a browser would, except that it can be told where the host's name leads: security groups know the
 * load balancer's members by private address, while its public name leads outside. The name still stands in the request
 * and is what TLS checks.
 */
class DeskClient implements AutoCloseable {

    private static final int BODY_BYTES_MAX = 5 * 1024 * 1024;
    private static final int ATTEMPTS_MAX = 3;

    private final CloseableHttpClient http;
    private final Duration retryPause;
    private final AtomicInteger turn = new AtomicInteger();

    DeskClient(SmokeTestSettings settings) {
        var timeout = Timeout.of(settings.patience().request());
        retryPause = settings.patience().retryPause();
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(settings.addresses().isEmpty() ? null : new Addresses(settings, turn))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                // A sign-in's cookie must not make a later step pass that would fail for somebody else.
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableConnectionState()
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Tealdesk release check")
                .build();
    }

    /** Has the next requests answered by another member of the load balancer. */
    void turnToNextMember() {
        turn.incrementAndGet();
    }

    /** Asks once; what cannot be answered is an {@link IOException}. */
    Answer getOnce(URI address) throws IOException {
        return send(new HttpUriRequestBase("GET", address));
    }

    Answer get(URI address, Map<String, String> headers) throws InterruptedException {
        return ask("GET", address, headers, null);
    }

    /**
     * Asks again when nobody answered or a load balancer answered for a task it could not reach: everything asked here
     * may be repeated. What the desk itself answers stands.
     */
    Answer ask(String method, URI address, Map<String, String> headers, @Nullable String json)
            throws InterruptedException {
        var problem = "";
        for (var attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            var request = new HttpUriRequestBase(method, address);
            headers.forEach(request::setHeader);
            if (json != null) {
                request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
            }
            try {
                var answer = send(request);
                if (answer.status < 502 || answer.status > 504) {
                    return answer;
                }
                problem = answer.toString();
            } catch (IOException e) {
                problem = describe(e);
            }
            if (attempt < ATTEMPTS_MAX) {
                turnToNextMember();
                Thread.sleep(retryPause);
            }
        }
        throw new CheckFailed("%s %s: %s, %d times".formatted(method, address.getPath(), problem, ATTEMPTS_MAX));
    }

    /** Ends every request under way. */
    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    static String describe(IOException problem) {
        return OneLine.of(problem.getClass().getSimpleName() + ": " + problem.getMessage());
    }

    private Answer send(HttpUriRequestBase request) throws IOException {
        return http.execute(request, DeskClient::answer);
    }

    private static Answer answer(ClassicHttpResponse response) throws IOException {
        var body = "";
        var entity = response.getEntity();
        if (entity != null) {
            try (var content = entity.getContent()) {
                var bytes = content.readNBytes(BODY_BYTES_MAX + 1);
                if (bytes.length > BODY_BYTES_MAX) {
                    throw new IOException("an answer of more than 5 MiB");
                }
                body = new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return new Answer(response.getCode(), List.of(response.getHeaders()), body);
    }

    record Answer(int status, List<Header> headers, String body) {

        Optional<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.getName().equalsIgnoreCase(name))
                    .map(Header::getValue)
                    .findFirst();
        }

        String contentType() {
            return header(HttpHeaders.CONTENT_TYPE).orElse("no content type");
        }

        String caching() {
            return header(HttpHeaders.CACHE_CONTROL).orElse("no caching header");
        }

        /** Never its body or cookies: they may hold a token. */
        @Override
        public String toString() {
            return OneLine.of("answered " + status + " (" + contentType() + ")"
                    + header("X-Release").map(release -> ", release " + release).orElse("")
                    + header("X-Request-Id").map(id -> ", request " + id).orElse(""));
        }
    }

    /** Leads the desk's host to the load balancer's own addresses, the one whose turn it is first. */
    private static class Addresses implements DnsResolver {

        private final String host;
        private final List<InetAddress> addresses;
        private final AtomicInteger turn;

        Addresses(SmokeTestSettings settings, AtomicInteger turn) {
            this.turn = turn;
            host = settings.url().getHost();
            addresses = settings.addresses();
        }

        @Override
        public InetAddress[] resolve(String name) throws UnknownHostException {
            if (!name.equalsIgnoreCase(host)) {
                return SystemDefaultDnsResolver.INSTANCE.resolve(name);
            }
            var inTurn = new ArrayList<>(addresses);
            Collections.rotate(inTurn, -turn.get());
            return inTurn.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String name) {
            return name;
        }
    }
}
