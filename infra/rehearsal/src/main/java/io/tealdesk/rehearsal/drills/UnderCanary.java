package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.deployment.Deployment;

/** Happens once, as soon as the first of production's requests go to green. */
abstract class UnderCanary implements Incident {

    private boolean hasHappened;

    @Override
    public final void shifted(int greenPercent, Deployment deployment) throws InterruptedException {
        if (greenPercent > 0 && !hasHappened) {
            hasHappened = true;
            happen(deployment);
        }
    }

    abstract void happen(Deployment deployment) throws InterruptedException;
}
