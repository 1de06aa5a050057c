package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.recording.Phase;

/** A deployment's steps: the lifecycle events, and what follows them. */
public enum Stage {
    BEFORE_INSTALL("BeforeInstall", Phase.Group.PREPARATION),
    INSTALL("Install", Phase.Group.PREPARATION),
    AFTER_INSTALL("AfterInstall", Phase.Group.PREPARATION),
    ALLOW_TEST_TRAFFIC("AllowTestTraffic", Phase.Group.PREPARATION),
    AFTER_ALLOW_TEST_TRAFFIC("AfterAllowTestTraffic", Phase.Group.PREPARATION),
    BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic", Phase.Group.PREPARATION),
    ALLOW_TRAFFIC("AllowTraffic", Phase.Group.SHIFT),
    AFTER_ALLOW_TRAFFIC("AfterAllowTraffic", Phase.Group.SHIFT),
    TERMINATION_WAIT("TerminationWait", Phase.Group.SHIFT),
    DRAIN("Drain", Phase.Group.SHIFT),
    STOP("Stop", Phase.Group.SHIFT),
    ROLLBACK("Rollback", Phase.Group.OTHER);

    private final String title;
    private final Phase.Group group;

    Stage(String title, Phase.Group group) {
        this.title = title;
        this.group = group;
    }

    public String title() {
        return title;
    }

    public Phase.Group group() {
        return group;
    }
}
