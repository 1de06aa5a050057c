package io.tealdesk.database;

import io.tealdesk.TestDatabase;
import java.util.Optional;
import java.util.Properties;

/** The tests' database with the two users that production has: so every test proves that the application's may do it. */
public record TwoUsers(String url, String owner, String application, String password) {

    public static TwoUsers of(TestDatabase server) {
        var users = new TwoUsers(server.getJdbcUrl(), "desk_owner", "desk_app", "of no use elsewhere");
        new DatabaseUsers(
                        users.login(server.getUsername(), server.getPassword()),
                        users.login(users.owner, users.password),
                        users.login(users.application, users.password),
                        new Properties())
                .prepare();
        return users;
    }

    private DatabaseLogin login(String user, String userPassword) {
        return new DatabaseLogin(user, userPassword, Optional.of(url));
    }
}
