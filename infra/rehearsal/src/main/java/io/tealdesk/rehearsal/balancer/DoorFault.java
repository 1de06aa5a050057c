package io.tealdesk.rehearsal.balancer;

/** What stands at a target's door instead of the target, for drills. */
public enum DoorFault {
    NONE,
    /** 503 to everything, health checks too: the task lives and answers nobody. */
    UNAVAILABLE,
    /** 500 to requests, while health checks pass: broken in a way that readiness does not see. */
    ERROR
}
