package io.tealdesk.rehearsal.plan;

/**
 * The lifecycle events of a deployment to Amazon ECS, in their order; see "AppSpec hooks section for an Amazon ECS
 * deployment" in the CodeDeploy user guide. Those that CodeDeploy does itself take no hook.
 */
public enum LifecycleEvent {
    BEFORE_INSTALL("BeforeInstall", true),
    INSTALL("Install", false),
    AFTER_INSTALL("AfterInstall", true),
    ALLOW_TEST_TRAFFIC("AllowTestTraffic", false),
    AFTER_ALLOW_TEST_TRAFFIC("AfterAllowTestTraffic", true),
    BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic", true),
    ALLOW_TRAFFIC("AllowTraffic", false),
    AFTER_ALLOW_TRAFFIC("AfterAllowTraffic", true);

    private final String title;
    private final boolean hookable;

    LifecycleEvent(String title, boolean hookable) {
        this.title = title;
        this.hookable = hookable;
    }

    /** As appspec.yaml writes it. */
    public String title() {
        return title;
    }

    public boolean hookable() {
        return hookable;
    }
}
