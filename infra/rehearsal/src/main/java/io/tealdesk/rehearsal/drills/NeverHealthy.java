package io.tealdesk.rehearsal.drills;

import java.util.Map;

/** Green is given a secret with a wrong password. */
final class NeverHealthy implements Drill.Plot {

    @Override
    public Incident begin(DrillScene scene) {
        String secret = scene.world().databaseSecret("database-wrong", "tealdesk_app", "not-this-one");
        return new Incident() {
            @Override
            public Map<String, String> greenEnvironment() {
                return Map.of("TEALDESK_DATABASE_SECRET", secret);
            }
        };
    }
}
