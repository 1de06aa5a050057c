package io.tealdesk.identity;

import io.tealdesk.identity.Keyboard.KeyChoice;
import io.tealdesk.shared.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the keys that people have made their own. */
@Component
class Keyboards {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Keyboard AT_THE_BEGINNING = new Keyboard(true, List.of());
    private static final TypeReference<LinkedHashMap<String, String>> KEYS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    Keyboards(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Keyboard of(UUID personId) {
        return jdbc.sql("select single_keys, keys::text as keys from person_keyboard where person_id = :person")
                .param("person", personId)
                .query((row, index) -> kept(row.getBoolean("single_keys"), row.getString("keys")))
                .optional()
                .orElse(AT_THE_BEGINNING);
    }

    @Transactional
    void keep(UUID personId, Keyboard keyboard) {
        jdbc.sql("""
                        insert into person_keyboard (person_id, single_keys, keys)
                        values (:person, :singleKeys, cast(:keys as jsonb))
                        on conflict (person_id)
                        do update set single_keys = excluded.single_keys, keys = excluded.keys""")
                .param("person", personId)
                .param("singleKeys", keyboard.singleKeys())
                .param("keys", JSON.writeValueAsString(byCommand(keyboard.keys())))
                .update();
    }

    /** @param keys as they are kept, null where nothing is */
    static Keyboard kept(boolean singleKeys, @Nullable String keys) {
        if (keys == null) {
            return AT_THE_BEGINNING;
        }
        return new Keyboard(
                singleKeys,
                JSON.readValue(keys, KEYS).entrySet().stream()
                        .map(entry -> new KeyChoice(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Map<String, String> byCommand(List<KeyChoice> choices) {
        var keys = new LinkedHashMap<String, String>();
        for (var choice : choices) {
            if (keys.put(choice.command(), choice.keys()) != null) {
                throw Problem.invalidField("keys", "Duplicate", "names each command once");
            }
        }
        return keys;
    }
}
