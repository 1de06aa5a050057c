package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.releases.Releases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How one rehearsal is run. Nothing of the deployment itself stands here: that is the plan's.
 *
 * @param name {@code rehearsal}, or the drill's
 * @param command that repeats it
 * @param root the repository
 * @param services what is deployed, in this order
 * @param rate requests a second that people make
 * @param warmUp for which the running release gets to know its work before anything is measured
 * @param before for which the running release is measured alone
 * @param after for which the new release is measured alone
 * @param directory where it works; its logs stay
 * @param lossOnly whether the p99 is shown and not judged, and alarms on latency do not decide
 */
public record RunSettings(
        String name,
        String command,
        Path root,
        DeploymentPlan plan,
        Releases.Pair releases,
        boolean containers,
        List<ServiceName> services,
        double rate,
        Compression compression,
        Duration warmUp,
        Duration before,
        Duration after,
        Path directory,
        boolean lossOnly) {}
