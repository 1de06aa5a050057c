package io.tealdesk.rehearsal.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import tools.jackson.databind.JsonNode;

/** One signed-in agent of a {@link SignedIn}; what is not answered as asked is not asked again. */
public final class Caller {

    private static final int OK = 200;

    private final Wire wire;
    private final UUID id;
    private final String address;
    private final Session session;

    Caller(Wire wire, UUID id, String address, Session session) {
        this.wire = wire;
        this.id = id;
        this.address = address;
        this.session = session;
    }

    public UUID id() {
        return id;
    }

    /** The answer as it came: to read it costs CPU that the desk would lack. */
    public byte[] get(String path) throws IOException, InterruptedException {
        return send(Call.get("get", path));
    }

    public JsonNode read(String path) throws IOException, InterruptedException {
        return json(get(path));
    }

    public byte[] create(String path, Object body) throws IOException, InterruptedException {
        return send(Call.create("create", path, Json.write(body)));
    }

    /** Something that is there, on top of the version that was read. */
    public byte[] change(String path, Object body, long version) throws IOException, InterruptedException {
        return send(Call.put("change", path, Json.write(body), version));
    }

    public static JsonNode json(byte[] answer) {
        return Json.read(new String(answer, StandardCharsets.UTF_8));
    }

    private byte[] send(Call call) throws IOException, InterruptedException {
        Answer answer = wire.send(call, 1, wire.now(), address, token(), null);
        if (answer.failure() != null) {
            throw new IOException(call.method() + " " + call.path() + ": " + answer.failure());
        }
        return answer.body();
    }

    /** Gives away what a live connection tells, line by line, until the connection ends. */
    public void listen(Consumer<String> lines) throws IOException, InterruptedException {
        Call call = new Call("live", "GET", "/api/v1/live", null, Map.of("Accept", "text/event-stream"), Set.of(OK));
        wire.http().execute(wire.request(call, address, token(), null), response -> {
            read(response, lines);
            return null;
        });
    }

    private static void read(ClassicHttpResponse response, Consumer<String> lines) throws IOException {
        if (response.getCode() != OK) {
            throw new IOException("a live connection was refused: " + response.getCode());
        }
        try (var text =
                new BufferedReader(new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8))) {
            for (String line; (line = text.readLine()) != null; ) {
                lines.accept(line);
            }
        }
    }

    private String token() throws IOException, InterruptedException {
        String token = session.token();
        if (token == null) {
            throw new IOException("Agent " + id + " has no session");
        }
        return token;
    }
}
