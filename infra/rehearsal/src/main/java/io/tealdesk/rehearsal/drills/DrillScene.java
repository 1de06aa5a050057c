package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.world.World;

/** What a drill may lay hands on. */
public record DrillScene(World world, NginxLoadBalancer balancer, Recording recording) {

    void say(String what) {
        recording.event(Event.Kind.DRILL, null, what);
    }
}
