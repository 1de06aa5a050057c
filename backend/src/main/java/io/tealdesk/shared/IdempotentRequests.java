package io.tealdesk.shared;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a request that creates something safe to repeat: the first answer is stored in the transaction of the change
 * and every repetition gets it again, on whichever task it arrives. A repetition that comes while the first is still
 * under way waits for it at the unique index; a first one that fails leaves nothing, so its key may be used again.
 */
@Component
public class IdempotentRequests {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,100}");

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    IdempotentRequests(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = JsonConfiguration.readingAnyRelease(json);
        this.clock = clock;
    }

    /**
     * Runs the action once for each person and key.
     *
     * @param operation what is asked for, such as {@code POST /api/v1/tickets}; with the request it makes the
     *     fingerprint by which a key that was used for something else is noticed
     */
    @Transactional
    public <T> T once(
            UUID personId,
            @Nullable String key,
            String operation,
            Object request,
            Class<T> answerType,
            Supplier<T> action) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "idempotency-key-required",
                    "Idempotency-Key is missing or malformed",
                    "Send an Idempotency-Key of 8 to 100 visible ASCII characters, a new one for each thing to create.");
        }
        var fingerprint = HexFormat.of()
                .formatHex(RandomToken.sha256(
                        (operation + '\n' + json.writeValueAsString(request)).getBytes(StandardCharsets.UTF_8)));
        var isFirst = jdbc.sql("""
                        insert into idempotent_request (person_id, idempotency_key, fingerprint, created_at)
                        values (:person, :key, :fingerprint, :now) on conflict do nothing""")
                        .param("person", personId)
                        .param("key", key)
                        .param("fingerprint", fingerprint)
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
        if (!isFirst) {
            return storedAnswer(personId, key, fingerprint, answerType);
        }
        var answer = action.get();
        jdbc.sql("update idempotent_request set body = :body where person_id = :person and idempotency_key = :key")
                .param("body", json.writeValueAsString(answer))
                .param("person", personId)
                .param("key", key)
                .update();
        return answer;
    }

    private <T> T storedAnswer(UUID personId, String key, String fingerprint, Class<T> answerType) {
        var stored = jdbc.sql("""
                        select fingerprint, body from idempotent_request
                        where person_id = :person and idempotency_key = :key""")
                .param("person", personId)
                .param("key", key)
                .query((row, index) -> new StoredAnswer(row.getString("fingerprint"), row.getString("body")))
                .single();
        if (!stored.fingerprint.equals(fingerprint)) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "This Idempotency-Key was used for another request",
                    "Make a new key for each new thing to create; repeat a key only with the very same request.");
        }
        return json.readValue(stored.body, answerType);
    }

    private record StoredAnswer(String fingerprint, String body) {}
}
