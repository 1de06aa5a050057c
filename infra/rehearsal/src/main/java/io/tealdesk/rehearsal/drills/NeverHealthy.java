package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.world.Database;
import java.util.Map;

/** Green is given a secret with a wrong password. */
final class NeverHealthy implements Drill.Plot {

    @Override
    public Incident begin(DrillScene scene) {
        Database database = scene.world().database();
        String secret = scene.world()
                .secrets()
                .put(
                        "database-wrong",
                        Map.of(
                                "username",
                                "tealdesk_app",
                                "password",
                                "not-this-one",
                                "host",
                                database.address().getHostAddress(),
                                "port",
                                database.port(),
                                "dbname",
                                Database.NAME));
        return new Incident() {
            @Override
            public Map<String, String> greenEnvironment() {
                return Map.of("TEALDESK_DATABASE_SECRET", secret);
            }
        };
    }
}
