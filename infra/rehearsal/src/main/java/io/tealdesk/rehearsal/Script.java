package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.deployment.Leniency;
import io.tealdesk.rehearsal.deployment.Outcome;
import io.tealdesk.rehearsal.drills.Drill;
import io.tealdesk.rehearsal.drills.DrillScene;
import io.tealdesk.rehearsal.drills.Incident;
import io.tealdesk.rehearsal.drills.Safeguard;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.report.Tolerance;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is not as usual in a rehearsal.
 *
 * @param drill null when everything is
 * @param off the drill's safeguards that are switched off
 */
record Script(@Nullable Drill drill, Set<Safeguard> off) {

    static final Script USUAL = new Script(null, Set.of());

    ServicePlan plan(ServicePlan plan) {
        return drill == null ? plan : drill.plan(plan, off);
    }

    /** Called when people are at work, before anything is migrated or deployed. */
    Incident begin(DrillScene scene) throws SQLException {
        return drill == null ? Incident.NONE : drill.begin(scene);
    }

    Leniency leniency() {
        return drill == null ? Leniency.NONE : drill.leniency(off);
    }

    boolean has(Safeguard safeguard) {
        return !off.contains(safeguard);
    }

    /** Only drills about migrations need the gate; the others leave its time out. */
    boolean asksSchemaGate() {
        return has(Safeguard.SCHEMA_GATE) && (drill == null || drill.ending() == Drill.Ending.REFUSED);
    }

    /** How each deployment has to end, in the outcome's words. */
    String expected() {
        if (drill == null) {
            return Outcome.Result.SUCCEEDED.name();
        }
        return (drill.ending() == Drill.Ending.REFUSED ? Outcome.Result.REFUSED : Outcome.Result.ROLLED_BACK).name();
    }

    Tolerance tolerance() {
        return drill == null ? Tolerance.release() : drill.ending().tolerance();
    }
}
