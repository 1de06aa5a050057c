package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.deployment.Leniency;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.report.Check;
import io.tealdesk.rehearsal.report.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A deployment of the backend in which something goes wrong.
 *
 * @param name as on the command line
 * @param story what happens, one line
 * @param ending how it has to end
 * @param reason what the sentence about its end has to say
 * @param safeguards what makes it end so; all of them are off when the loss has to be seen
 * @param factor by which waits are divided
 */
public record Drill(
        String name, String story, Ending ending, Pattern reason, Set<Safeguard> safeguards, double factor, Plot plot) {

    /** As every rehearsal has it. */
    static final double USUAL_FACTOR = 20;

    public Drill {
        safeguards = Set.copyOf(safeguards);
    }

    /** How a drill has to end. */
    public enum Ending {
        /** The schema gate refuses the migration; nothing is deployed, people notice nothing. */
        REFUSED,
        /** It goes back before people's traffic has moved: they notice nothing. */
        BACK_BEFORE_TRAFFIC,
        /** It goes back under traffic, and so that no request fails. */
        BACK_UNNOTICED,
        /** It goes back under traffic: an attempt may fail, nothing is lost. */
        BACK_UNDER_TRAFFIC,
        /** It goes back under traffic, and people had to wait at most. */
        BACK_WHEN_SLOW;

        /** With the safeguards on. */
        public Tolerance tolerance() {
            return switch (this) {
                case REFUSED, BACK_BEFORE_TRAFFIC, BACK_UNNOTICED -> Tolerance.faultBeforeTraffic();
                case BACK_UNDER_TRAFFIC, BACK_WHEN_SLOW -> Tolerance.faultUnderTraffic();
            };
        }

        /** One of them has to be broken with the safeguards off: that is how the loss is seen. */
        public Set<Check> losses() {
            return switch (this) {
                case REFUSED, BACK_BEFORE_TRAFFIC, BACK_UNNOTICED ->
                    EnumSet.of(Check.NOTHING_FAILED, Check.NOTHING_LOST);
                case BACK_UNDER_TRAFFIC -> EnumSet.of(Check.NOTHING_LOST, Check.EVERY_WRITE_ONCE);
                case BACK_WHEN_SLOW -> EnumSet.of(Check.P99_KEPT, Check.NOTHING_LOST);
            };
        }
    }

    /** What a drill changes. */
    interface Plot {

        /** Before anything starts: the release that is deployed, perhaps made worse in a folder of the drill's own. */
        default AlteredRelease to(Release to, Path folder) throws IOException {
            return () -> to;
        }

        default ServicePlan plan(ServicePlan plan) {
            return plan;
        }

        /** The world stands and people are at work; the deployment has not begun. */
        default Incident begin(DrillScene scene) throws SQLException {
            return Incident.NONE;
        }
    }

    public AlteredRelease to(Release to, Path folder) throws IOException {
        return plot.to(to, folder);
    }

    /** @param off the safeguards that are switched off; none, or the drill's */
    public ServicePlan plan(ServicePlan plan, Set<Safeguard> off) {
        return Safeguard.reduced(plot.plan(plan), off);
    }

    public Leniency leniency(Set<Safeguard> off) {
        return Safeguard.leniency(off);
    }

    public Incident begin(DrillScene scene) throws SQLException {
        // Not yet what it tells of: that comes later, and says so itself.
        scene.say("The drill begins: " + story);
        return plot.begin(scene);
    }
}
