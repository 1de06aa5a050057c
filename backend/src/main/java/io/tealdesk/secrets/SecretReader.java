package io.tealdesk.secrets;

import tools.jackson.databind.JsonNode;

/** Makes a value of a secret's JSON. */
@FunctionalInterface
public interface SecretReader<T> {

    /** @throws IllegalArgumentException what is wrong with it ("has no username"), without anything of its content */
    T read(JsonNode content);

    /** The text of a field that has to be there. */
    static String text(JsonNode content, String field) {
        var value = content.path(field);
        if (!value.isValueNode() || value.asString("").isBlank()) {
            throw new IllegalArgumentException("has no \"" + field + "\"");
        }
        return value.asString("");
    }
}
