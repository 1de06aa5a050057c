package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.balancer.LoadBalancer;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.world.Tasks;

/** What tasks run on and are reached through. */
public record Cluster(
        LoadBalancer balancer, Tasks tasks, TaskPorts ports, Compression compression, Recording recording) {}
