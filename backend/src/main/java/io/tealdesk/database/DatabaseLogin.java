package io.tealdesk.database;

import io.tealdesk.secrets.SecretReader;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** As whom to connect, and where to if it is known. */
record DatabaseLogin(String username, String password, Optional<String> url) {

    private static final int DEFAULT_PORT = 5432;

    /** Reads what RDS and Secrets Manager keep of a database user; the master's says nothing of where. */
    static SecretReader<DatabaseLogin> reader(String defaultDatabase) {
        return json -> new DatabaseLogin(
                SecretReader.text(json, "username"), SecretReader.text(json, "password"), url(json, defaultDatabase));
    }

    private static Optional<String> url(JsonNode json, String defaultDatabase) {
        var host = json.path("host").asString("");
        if (host.isBlank()) {
            return Optional.empty();
        }
        var port = json.path("port").asInt(DEFAULT_PORT);
        var database = json.path("dbname").asString("");
        return Optional.of(
                "jdbc:postgresql://" + host + ':' + port + '/' + (database.isBlank() ? defaultDatabase : database));
    }

    DatabaseLogin at(String knownUrl) {
        return new DatabaseLogin(username, password, Optional.of(knownUrl));
    }

    @Override
    public String toString() {
        return "DatabaseLogin[" + username + " at " + url.orElse("?") + ']';
    }
}
