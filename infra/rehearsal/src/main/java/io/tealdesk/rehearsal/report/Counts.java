package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests, counted.
 *
 * @param failed attempts that were not answered as asked
 * @param repeated attempts beyond an operation's first
 * @param givenUp operations that never succeeded
 * @param assets how many requests asked for an asset
 * @param assetsMissing how many of them were answered with 404
 */
public record Counts(long sent, long failed, long repeated, long givenUp, long assets, long assetsMissing) {

    private static final int NOT_FOUND = 404;
    private static final String LIVE = "live";

    static Counts of(List<RequestRecord> requests) {
        return new Counts(
                requests.size(),
                requests.stream().filter(RequestRecord::failed).count(),
                requests.stream().filter(request -> request.attempt() > 1).count(),
                givenUp(requests),
                requests.stream().filter(Counts::asksForAnAsset).count(),
                requests.stream()
                        .filter(request -> asksForAnAsset(request) && request.status() == NOT_FOUND)
                        .count());
    }

    static boolean asksForAnAsset(RequestRecord request) {
        return request.operation().contains("asset");
    }

    /** A failed attempt is followed by the next one; those that are not were the last of their operation. */
    private static long givenUp(List<RequestRecord> requests) {
        Map<String, Map<Integer, Long>> unrepeated = new HashMap<>();
        for (RequestRecord request : requests) {
            if (request.operation().equals(LIVE)) {
                // A connection that breaks off is opened anew, which is not an attempt at the same thing.
                continue;
            }
            Map<Integer, Long> ofOperation = unrepeated.computeIfAbsent(request.operation(), _ -> new HashMap<>());
            if (request.failed()) {
                ofOperation.merge(request.attempt(), 1L, Long::sum);
            }
            if (request.attempt() > 1) {
                ofOperation.merge(request.attempt() - 1, -1L, Long::sum);
            }
        }
        return unrepeated.values().stream()
                .flatMap(attempts -> attempts.values().stream())
                .mapToLong(left -> Math.max(0, left))
                .sum();
    }
}
