package io.tealdesk.rehearsal.load;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as the browser application makes it.
 *
 * @param operation its name in the records
 * @param expected the statuses that are an answer as asked
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list of bytes would cost more than the request.
record Call(
        String operation,
        String method,
        String path,
        byte @Nullable [] body,
        Map<String, String> headers,
        Set<Integer> expected) {

    static Call get(String operation, String path) {
        return new Call(operation, "GET", path, null, Map.of(), Set.of(200));
    }

    static Call delete(String operation, String path) {
        return new Call(operation, "DELETE", path, null, Map.of(), Set.of(204));
    }

    /** Something new; the key stays the same however often the call is repeated. */
    static Call create(String operation, String path, byte[] json) {
        return new Call(
                operation,
                "POST",
                path,
                json,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        UUID.randomUUID().toString()),
                Set.of(201));
    }

    static Call upload(String operation, String path, byte[] bytes) {
        return new Call(
                operation, "POST", path, bytes, Map.of("Content-Type", "application/octet-stream"), Set.of(200, 201));
    }

    static Call post(String operation, String path, byte @Nullable [] json, Map<String, String> headers) {
        return new Call(operation, "POST", path, json, headers, Set.of(200));
    }

    /** A change on top of a version; one that was overtaken is answered as asked, too. */
    static Call put(String operation, String path, byte[] json, long version) {
        return new Call(
                operation,
                "PUT",
                path,
                json,
                Map.of("Content-Type", "application/json", "If-Match", "\"" + version + "\""),
                Set.of(200));
    }

    Call alsoExpecting(int status) {
        var more = new java.util.HashSet<>(expected);
        more.add(status);
        return new Call(operation, method, path, body, headers, Set.copyOf(more));
    }
}
