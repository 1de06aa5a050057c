package io.tealdesk.rehearsal.load;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The desk's language. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int EXCERPT_MAX = 160;

    private Json() {}

    static JsonNode read(Answer answer) {
        return MAPPER.readTree(answer.body());
    }

    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The short name of a problem (RFC 9457), or the beginning of whatever else it is. */
    static String problem(byte[] body) {
        try {
            JsonNode type = MAPPER.readTree(body).path("type");
            if (type.isString()) {
                return type.asString();
            }
        } catch (JacksonException e) {
            // A load balancer's page, or half an answer.
        }
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll("<[^>]*>|\\s+", " ")
                .strip();
        return text.length() > EXCERPT_MAX ? text.substring(0, EXCERPT_MAX) : text;
    }
}
