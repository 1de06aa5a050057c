package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The requests of each second: counted when they were sent, their latency where it was intended.
 *
 * @param step how many seconds one entry covers
 */
record Seconds(List<Second> entries, int step) {

    record Second(int begin, int ofOld, int ofNew, int ofNobody, int failed, Latencies latencies) {

        int sent() {
            return ofOld + ofNew + ofNobody;
        }
    }

    static Seconds of(List<RequestRecord> requests, Facts.Setup setup, Instant begin, long length, int step) {
        int entries = Math.max(1, Math.toIntExact(Math.ceilDiv(length, step)));
        int[][] counts = new int[entries][4];
        List<List<Duration>> latencies = IntStream.range(0, entries)
                .<List<Duration>>mapToObj(_ -> new ArrayList<>())
                .toList();
        for (RequestRecord request : requests) {
            int sent = entry(request.sent(), begin, step);
            if (sent >= 0 && sent < entries) {
                counts[sent][column(request, setup)]++;
                counts[sent][3] += request.failed() ? 1 : 0;
            }
            int intended = entry(request.intended(), begin, step);
            if (intended >= 0 && intended < entries) {
                latencies.get(intended).add(request.latency());
            }
        }
        return new Seconds(
                IntStream.range(0, entries)
                        .mapToObj(i -> new Second(
                                i * step,
                                counts[i][0],
                                counts[i][1],
                                counts[i][2],
                                counts[i][3],
                                Latencies.of(latencies.get(i))))
                        .toList(),
                step);
    }

    private static int entry(Instant moment, Instant begin, int step) {
        return Math.toIntExact(Math.floorDiv(Duration.between(begin, moment).toMillis(), 1000L * step));
    }

    private static int column(RequestRecord request, Facts.Setup setup) {
        if (setup.to().id().equals(request.release())) {
            return 1;
        }
        return setup.from().id().equals(request.release()) ? 0 : 2;
    }

    double perSecond(int count) {
        return count / (double) step;
    }
}
