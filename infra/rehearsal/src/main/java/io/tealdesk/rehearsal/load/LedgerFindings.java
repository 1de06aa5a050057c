package io.tealdesk.rehearsal.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * What people were told, held against what is there. Nothing found is the only good result.
 *
 * @param writes how many were acknowledged
 * @param unknown how many were sent and never answered, each of which may be there or not
 * @param sessions how many people were signed in
 * @param lost acknowledged writes, files and mails that are not there as they were sent
 * @param doubled writes and mails that are there more than once
 * @param unexpected what bears the run's mark, and nobody wrote or the desk had refused
 * @param sessionsLost people who had to sign in again
 * @param givenUp operations that never succeeded
 */
public record LedgerFindings(
        long writes,
        long unknown,
        long sessions,
        List<String> lost,
        List<String> doubled,
        List<String> unexpected,
        List<String> sessionsLost,
        List<String> givenUp) {

    public boolean isClean() {
        return Stream.of(lost, doubled, unexpected, sessionsLost, givenUp).allMatch(List::isEmpty);
    }
}
