package io.tealdesk.rehearsal.world;

import java.util.List;

/** Written here, beside what makes them, so that report and documentation say the same. */
final class Differences {

    static final List<String> OF_EVERY_WORLD = List.of(
            "PostgreSQL runs on the same machine: no network between it and the tasks, no Multi-AZ standby, no TLS"
                    + " (TEALDESK_DATABASE_SSL_MODE=disable). It has the parameter group's settings, 256 MB of shared"
                    + " buffers and 400 connections.",
            "Secrets Manager and S3 are stand-ins of the rehearsal's own that answer by HTTP to anybody; no role, key or"
                    + " bucket policy is tried. Secrets have one version and do not rotate.",
            "Mail is sent without signing in and without TLS to a server that accepts everything.",
            "Tasks share this machine's CPUs, disk and loopback network; each on AWS has its own.");

    static final List<String> OF_PROCESSES = List.of(
            "Tasks are processes of the user who rehearses: no memory limit but the heap's, no CPU limit, no read-only"
                    + " root, no other user, no dropped capabilities. Container mode has them.",
            "Java is the one that runs the rehearsal, with the image's jvm.options: the heap is the share of the task's"
                    + " memory that they name. Its AOT cache is made by a run like the image's, but on this machine.",
            "Nginx is this machine's, with the release's own configuration: changed are port, root, and the folders of"
                    + " /etc/nginx and /tmp.",
            "The container's own health check does not run.");

    static final List<String> OF_CONTAINERS = List.of(
            "Tasks are containers of this machine's engine, confined as the task definition says and by"
                    + " no-new-privileges besides; their traffic passes its bridge, not a network interface of their own.",
            "The container's own health check runs with the definition's times, uncompressed.");

    private Differences() {}
}
