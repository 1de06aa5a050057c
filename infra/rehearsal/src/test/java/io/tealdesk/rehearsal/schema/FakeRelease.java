package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A release that is nothing but its statements. */
final class FakeRelease implements RunningRelease {

    private final TestServer server;
    private final List<String> executed;
    private final List<String> known;
    private int starts;

    FakeRelease(TestServer server, List<String> executed, List<String> known) {
        this.server = server;
        this.executed = executed;
        this.known = known;
    }

    int starts() {
        return starts;
    }

    @Override
    public String release() {
        return "old";
    }

    @Override
    public Collection<String> statements() {
        return known;
    }

    @Override
    public Serving start(String database) {
        starts++;
        return new Serving() {

            private final Connection connection = session(database);

            @Override
            public List<String> walk() {
                List<String> failures = new ArrayList<>();
                for (String sql : executed) {
                    try {
                        Server.execute(connection, sql);
                    } catch (SQLException failure) {
                        failures.add("500 Internal Server Error");
                    }
                }
                return failures;
            }

            @Override
            public void close() {
                try {
                    connection.close();
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            }
        };
    }

    private Connection session(String database) {
        try {
            return DriverManager.getConnection(server.url()
                    .replaceFirst("/postgres\\?", "/" + database + "?")
                    .replace("user=postgres", "user=tealdesk_app"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
