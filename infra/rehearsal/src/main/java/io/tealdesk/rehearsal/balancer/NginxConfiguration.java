package io.tealdesk.rehearsal.balancer;

import static java.util.stream.Collectors.joining;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan.ForwardRule;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Nginx' configuration, written once: whatever changes later stands in the {@link RoutingTable}. */
final class NginxConfiguration {

    /** Where the health checker asks for a target, and the access log is marked. */
    static final String TARGET_HEADER = "X-Rehearsal-Target";

    static final String MARK_PATH = "/rehearsal-mark";

    private final LoadBalancerPlan plan;
    private final BalancerSettings settings;
    private final List<Upstream> upstreams;
    private final RoutingTable routes;
    private final Map<ListenerName, Integer> ports;
    private final int checkPort;
    private final Path accessLog;

    NginxConfiguration(
            LoadBalancerPlan plan,
            BalancerSettings settings,
            List<Upstream> upstreams,
            RoutingTable routes,
            Map<ListenerName, Integer> ports,
            int checkPort,
            Path accessLog) {
        this.plan = plan;
        this.settings = settings;
        this.upstreams = upstreams;
        this.routes = routes;
        this.ports = ports;
        this.checkPort = checkPort;
        this.accessLog = accessLog;
    }

    String text() {
        return global()
                + slots("percent", RoutingTable.PERCENTS, "")
                // Another text to hash, so that the second choice does not hang on the first.
                + slots("share", RoutingTable.SHARES, " share")
                + upstreams()
                + listener(ListenerName.PRODUCTION, plan.production())
                + listener(ListenerName.TEST, plan.test())
                + checks()
                + "}\n";
    }

    private String global() {
        long idle = plan.idleTimeout().toSeconds();
        return """
                daemon off;
                # One, so that the access log tells in one order which requests began before a mark.
                worker_processes 1;
                %suser root;
                pid %2$s/nginx.pid;
                error_log %2$s/error.log warn;
                events { worker_connections 8192; }
                http {
                server_tokens off;
                client_body_temp_path %2$s/temp; proxy_temp_path %2$s/temp; fastcgi_temp_path %2$s/temp;
                uwsgi_temp_path %2$s/temp; scgi_temp_path %2$s/temp;

                log_format begun escape=json '{"kind":"begun","id":"$request_id","target":"$target"}';
                log_format mark escape=json '{"kind":"mark","id":"$arg_id"}';
                log_format ended escape=json '{"kind":"ended","id":"$request_id","time":$msec,"listener":"$server_name",'
                    '"target":"$target","status":"$status","upstream":"$upstream_addr","connect":"$upstream_connect_time",'
                    '"header":"$upstream_header_time","seconds":$request_time,"bytes":$bytes_sent,'
                    '"request":"$request_method $request_uri","client":"$remote_addr"}';
                access_log %3$s ended;

                # The idle timeout, to either side. A load balancer does not count a connection's requests.
                keepalive_timeout %4$ds;
                keepalive_requests 100000000;
                client_header_timeout %4$ds; client_body_timeout %4$ds; send_timeout %4$ds;
                proxy_read_timeout %4$ds; proxy_send_timeout %4$ds;
                # HTTP 504: it failed to establish a connection to the target before the timeout of 10 seconds.
                proxy_connect_timeout 10s;
                proxy_next_upstream off;

                proxy_http_version 1.1;
                client_max_body_size 0;
                proxy_request_buffering off;
                proxy_buffering off;
                # An ALB's limits: 16K for the request line and a header, 64K for all; 32K for the answer's.
                large_client_header_buffers 4 16k;
                proxy_buffer_size 32k; proxy_buffers 8 32k;
                # Headers that Nginx would obey or swallow are the task's and the browser's business.
                proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
                proxy_pass_header X-Accel-Redirect; proxy_pass_header X-Accel-Expires;
                proxy_pass_header X-Accel-Limit-Rate; proxy_pass_header X-Accel-Buffering;
                proxy_pass_header X-Accel-Charset; proxy_pass_header Server; proxy_pass_header Date;

                # Each of the rehearsal's people comes from an address of its own.
                set_real_ip_from 0.0.0.0/0;
                real_ip_header X-Rehearsal-Address;
                map $http_x_amzn_trace_id $trace_id { default $http_x_amzn_trace_id; "" $new_trace_id; }
                map $request_id $new_trace_id { "~^(?<trace_time>.{8})(?<trace_rest>.{24})$" "Root=1-$trace_time-$trace_rest"; }

                map $request_uri $request_path { "~^(?<path_only>[^?]*)" $path_only; }
                map $realpath_root $target { "~/(?<target_name>[^/]+)$" $target_name; default %5$s; }
                """.formatted(
                        // Where it starts as root it would become somebody who may not read the state.
                        "root".equals(System.getProperty("user.name")) ? "" : "# ",
                        settings.directory(),
                        accessLog,
                        idle,
                        RoutingTable.NOWHERE);
    }

    private static String slots(String variable, int count, String suffix) {
        String lines = IntStream.range(0, count)
                .mapToObj(slot -> {
                    long share = Math.round(10_000.0 * (slot + 1) / count) - Math.round(10_000.0 * slot / count);
                    String part = slot == count - 1 ? "*" : "%d.%02d%%".formatted(share / 100, share % 100);
                    return part + " %02d;".formatted(slot);
                })
                .collect(joining(" "));
        return "split_clients \"$request_id%s\" $%s { %s }\n".formatted(suffix, variable, lines);
    }

    private String upstreams() {
        return upstreams.stream()
                .map(upstream -> """
                        upstream %s { server %s; keepalive 512; keepalive_requests 100000000; keepalive_timeout %ds; }
                        """.formatted(
                                upstream.name(),
                                upstream.hostAndPort(),
                                plan.idleTimeout().toSeconds()))
                .collect(joining());
    }

    private String listener(ListenerName listener, List<ForwardRule> rules) {
        String name = listener.name().toLowerCase(Locale.ROOT);
        String services = rules.stream()
                .sorted(Comparator.comparingInt(ForwardRule::priority))
                .flatMap(rule -> rule.pathPatterns().stream()
                        .map(pattern -> "\"%s\" %s;".formatted(PathPatterns.asNginxRegex(pattern), rule.service())))
                .collect(joining(" "));
        return """
                map $request_path $%1$s_service { %2$s default %3$s; }
                server {
                    listen 127.0.0.1:%4$d backlog=4096;
                    server_name %1$s;
                    root "%5$s/live/%1$s/$%1$s_service/$percent/$share";
                    location / {
                        default_type text/plain;
                        if ($%1$s_service = %3$s) { return 404 "Not found"; }
                        if ($target = %6$s) { return 503; }
                        if (-f "%7$s/$target") { return 503; }
                        if (-f "%8$s/$target") { return 500; }
                        # Says in the access log that a request begins: Nginx itself logs only ends.
                        auth_request /rehearsal-request-begins;
                        proxy_pass http://$target$request_uri;
                        proxy_set_header Host $http_host;
                        proxy_set_header Connection "";
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto %9$s;
                        proxy_set_header X-Forwarded-Port %10$s;
                        proxy_set_header X-Amzn-Trace-Id $trace_id;
                        proxy_set_header X-Rehearsal-Address "";
                    }
                    location = /rehearsal-request-begins {
                        internal;
                        log_subrequest on;
                        access_log %11$s begun;
                        return 204;
                    }
                }
                """.formatted(
                        name,
                        services,
                        RoutingTable.NO_SERVICE,
                        ports.get(listener),
                        routes.root(),
                        RoutingTable.NOWHERE,
                        routes.faults(DoorFault.UNAVAILABLE),
                        routes.faults(DoorFault.ERROR),
                        settings.forwardedProto(),
                        settings.forwardedProto().equals("https") ? "443" : "$server_port",
                        accessLog);
    }

    /** Health checks come by a connection of their own each, as an ALB's do. */
    private String checks() {
        return """
                map $http_x_rehearsal_target $checked { %s default ""; }
                server {
                    listen 127.0.0.1:%d;
                    access_log off;
                    location = %s { access_log %s mark; return 204; }
                    location / {
                        if ($checked = "") { return 404; }
                        if (-f "%s/$http_x_rehearsal_target") { return 503; }
                        proxy_pass http://$checked$request_uri;
                        proxy_set_header Host $checked;
                        proxy_set_header Connection close;
                        proxy_set_header User-Agent ELB-HealthChecker/2.0;
                        proxy_set_header %s "";
                    }
                }
                """.formatted(
                        upstreams.stream()
                                .map(upstream -> "%s %s;".formatted(upstream.name(), upstream.hostAndPort()))
                                .collect(joining(" ")),
                        checkPort,
                        MARK_PATH,
                        accessLog,
                        routes.faults(DoorFault.UNAVAILABLE),
                        TARGET_HEADER);
    }
}
