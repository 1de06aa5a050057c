package io.tealdesk.search;

import io.tealdesk.shared.Sql;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds people by what somebody remembers of their name or address; a typo is forgiven where nothing fits without. */
@Component
class SearchPeople {

    /** More than these, and the name says nothing. */
    private static final int PEOPLE_MAX = 500;
    /** How much of what was typed a name must hold, in groups of three letters. */
    private static final double LIKENESS_MIN = 0.4;

    private final JdbcClient jdbc;

    SearchPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<UUID> named(String text, boolean staffOnly) {
        return found(text, staffOnly, true, PEOPLE_MAX).stream().map(Named::id).toList();
    }

    /** @param isName whether it is meant as a name: only then is it worth looking for what is like it */
    List<Named> found(String text, boolean staffOnly, boolean isName, int limit) {
        var exactly = exactly(text, staffOnly, limit);
        // An address is right or it is somebody else's.
        return exactly.isEmpty() && isName && !text.contains("@") ? nearly(text, staffOnly, limit) : exactly;
    }

    private List<Named> exactly(String text, boolean staffOnly, int limit) {
        return jdbc.sql("""
                        select id, name, email from person
                        where (name ilike :anywhere or email::text ilike :anywhere)
                          and (not :staffOnly or role <> 'CUSTOMER')
                        order by (name ilike :beginning or email::text ilike :beginning) desc,
                                 deactivated_at nulls first, name, id
                        limit :limit""")
                .param("anywhere", "%" + Sql.escapedForLike(text) + "%")
                .param("beginning", Sql.escapedForLike(text) + "%")
                .param("staffOnly", staffOnly)
                .param("limit", limit)
                .query((row, index) -> new Named(Sql.uuid(row, "id"), row.getString("name"), row.getString("email")))
                .list();
    }

    private List<Named> nearly(String text, boolean staffOnly, int limit) {
        // For this transaction alone; the operator below is what the index knows.
        jdbc.sql("select set_config('pg_trgm.word_similarity_threshold', :least, true)")
                .param("least", Double.toString(LIKENESS_MIN))
                .query(String.class)
                .single();
        return jdbc.sql("""
                        select id, name, email from person
                        where :text <% name and (not :staffOnly or role <> 'CUSTOMER')
                        order by word_similarity(:text, name) desc, deactivated_at nulls first, name, id
                        limit :limit""")
                .param("text", text)
                .param("staffOnly", staffOnly)
                .param("limit", Math.min(limit, 20))
                .query((row, index) -> new Named(Sql.uuid(row, "id"), row.getString("name"), row.getString("email")))
                .list();
    }

    record Named(UUID id, String name, String email) {}
}
