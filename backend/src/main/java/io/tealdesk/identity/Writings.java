package io.tealdesk.identity;

import io.tealdesk.identity.Writing.AfterDone;
import io.tealdesk.shared.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps how people write. */
@Component
public class Writings {

    private static final Set<Integer> UNDO_SECONDS = Set.of(0, 5, 8, 20, 30);

    private final JdbcClient jdbc;

    Writings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Writing of(UUID personId) {
        return jdbc.sql("select undo_seconds, takes_on_reply, after_done from person_writing where person_id = :person")
                .param("person", personId)
                .query((row, index) -> kept(row))
                .optional()
                .orElse(Writing.AT_THE_BEGINNING);
    }

    @Transactional
    void keep(UUID personId, Writing writing) {
        if (!UNDO_SECONDS.contains(writing.undoSeconds())) {
            throw Problem.invalidField("undoSeconds", "Unknown", "must be 0, 5, 8, 20 or 30");
        }
        jdbc.sql("""
                        insert into person_writing (person_id, undo_seconds, takes_on_reply, after_done)
                        values (:person, :undoSeconds, :takesOnReply, :afterDone)
                        on conflict (person_id)
                        do update set undo_seconds = excluded.undo_seconds, takes_on_reply = excluded.takes_on_reply,
                                      after_done = excluded.after_done""")
                .param("person", personId)
                .param("undoSeconds", writing.undoSeconds())
                .param("takesOnReply", writing.takesOnReply())
                .param("afterDone", writing.afterDone().name())
                .update();
    }

    /** Of a row whose columns are null where nothing is kept. */
    static Writing kept(ResultSet row) throws SQLException {
        var undoSeconds = row.getObject("undo_seconds", Integer.class);
        return undoSeconds == null
                ? Writing.AT_THE_BEGINNING
                : new Writing(
                        undoSeconds, row.getBoolean("takes_on_reply"), AfterDone.valueOf(row.getString("after_done")));
    }
}
