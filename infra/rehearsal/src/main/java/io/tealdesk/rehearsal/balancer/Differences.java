package io.tealdesk.rehearsal.balancer;

import java.util.List;

/** What a rehearsal's load balancer does otherwise than the one on AWS, for whoever weighs its verdict. */
final class Differences {

    static final List<String> LINES = List.of(
            "It speaks HTTP/1.1 without TLS; an ALB with a certificate also speaks TLS and HTTP/2 to browsers, and passes"
                    + " WebSockets on.",
            "It is one node; an ALB has at least one in each zone, and each node checks every target by itself, so that"
                    + " targets get more checks than one per interval and nodes may disagree for a moment.",
            "A change of weights, health or targets holds for the very next request; an ALB takes some seconds to tell all"
                    + " its nodes.",
            "Within a target group each request picks a healthy target at random; an ALB goes round them in turn.",
            "Waits between health checks and the deregistration delay are compressed; time-outs of checks, connections and"
                    + " requests are not.",
            "A deregistered target is let go as soon as no request is under way; an ALB also waits for idle connections, so"
                    + " mostly for the whole delay.",
            "What is still under way after the deregistration delay goes on until the task ends; an ALB may cut it.",
            "A target that has not passed its first check counts as unhealthy, so a group of only such targets gets its"
                    + " requests nevertheless, as it does on AWS once they have failed.",
            "Metrics are known at once and for any stretch of time, and their percentiles are exact; CloudWatch has one value"
                    + " a minute, some minutes late. A request counts when it ends.",
            "A fault at a target's door is answered by Nginx and counted as the target's own answer.",
            "People's addresses come from a header, because all of them are on this machine.",
            "A malformed request is refused as Nginx sees fit; an ALB has rules of its own (desync mitigation, invalid header"
                    + " fields) and may have a web application firewall before it.",
            "There is no stickiness, slow start, authentication, redirect or Lambda target.");

    private Differences() {}
}
