package io.tealdesk.demo;

import io.tealdesk.shared.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Writes the saved replies and macros of {@code resources/demo/macros.yaml}; they are the administrator's. */
class DemoMacros {

    private final JdbcTemplate jdbc;
    private final Instant now;

    DemoMacros(JdbcTemplate jdbc, Instant now) {
        this.jdbc = jdbc;
        this.now = now;
    }

    void write(String administratorEmail) {
        var content = content();
        var owner = id("select id from person where email = ?", administratorEmail);
        for (var reply : entries(content, "savedReplies")) {
            write("SAVED_REPLY", owner, reply, Map.of("text", Objects.requireNonNull(reply.get("text"))));
        }
        for (var macro : entries(content, "macros")) {
            write("MACRO", owner, macro, withTeamId(cast(macro.get("actions"))));
        }
    }

    private void write(String kind, UUID owner, Map<String, Object> entry, Map<String, Object> content) {
        var teams = entry.get("teams") instanceof List<?> names ? names : List.of();
        var id = jdbc.queryForObject(
                """
                insert into macro (kind, owner_id, visibility, name, content, created_at)
                values (?, ?, ?, ?, cast(? as jsonb), ?) returning id""",
                UUID.class,
                kind,
                owner,
                teams.isEmpty() ? "EVERYONE" : "TEAMS",
                entry.get("name"),
                JsonMapper.shared().writeValueAsString(content),
                Sql.timestamp(now));
        teams.forEach(team -> jdbc.update(
                "insert into macro_team (macro_id, team_id) values (?, ?)",
                id,
                id("select id from team where name = ?", String.valueOf(team))));
    }

    /** The file speaks of a team by its name. */
    private Map<String, Object> withTeamId(Map<String, Object> actions) {
        var written = new LinkedHashMap<>(actions);
        var team = written.remove("team");
        if (team != null) {
            written.put(
                    "teamId",
                    id("select id from team where name = ?", String.valueOf(team))
                            .toString());
        }
        return written;
    }

    private UUID id(String sql, String name) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, UUID.class, name), name);
    }

    private static Map<String, Object> content() {
        try (InputStream stream = new ClassPathResource("demo/macros.yaml").getInputStream()) {
            return cast(new Yaml(new SafeConstructor(new LoaderOptions())).load(stream));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static List<Map<String, Object>> entries(Map<String, Object> content, String key) {
        return ((List<?>) Objects.requireNonNull(content.get(key), key))
                .stream().map(DemoMacros::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }
}
