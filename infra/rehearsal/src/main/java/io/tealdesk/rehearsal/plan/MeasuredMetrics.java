package io.tealdesk.rehearsal.plan;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a rehearsal's load balancer measures of what CloudWatch has of one; a test holds it against the balancer. */
public final class MeasuredMetrics {

    public static final Set<String> COUNTS = Set.of(
            "RequestCount",
            "HTTPCode_Target_2XX_Count",
            "HTTPCode_Target_3XX_Count",
            "HTTPCode_Target_4XX_Count",
            "HTTPCode_Target_5XX_Count",
            "HTTPCode_ELB_4XX_Count",
            "HTTPCode_ELB_5XX_Count",
            "HTTPCode_ELB_500_Count",
            "HTTPCode_ELB_502_Count",
            "HTTPCode_ELB_503_Count",
            "HTTPCode_ELB_504_Count",
            "HTTP_Fixed_Response_Count",
            "TargetConnectionErrorCount");
    public static final Set<String> HOSTS = Set.of("HealthyHostCount", "UnHealthyHostCount");
    public static final Set<String> TIMES = Set.of("TargetResponseTime");

    private static final List<String> EXTREMES = List.of("Minimum", "Maximum", "Average");
    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(\\.\\d+)?|100)");

    private MeasuredMetrics() {}

    public static boolean has(String name, String statistic) {
        return (COUNTS.contains(name) && statistic.equals("Sum"))
                || (HOSTS.contains(name) && EXTREMES.contains(statistic))
                || (TIMES.contains(name)
                        && (EXTREMES.contains(statistic)
                                || statistic.equals("Sum")
                                || statistic.equals("SampleCount")
                                || PERCENTILE.matcher(statistic).matches()));
    }
}
