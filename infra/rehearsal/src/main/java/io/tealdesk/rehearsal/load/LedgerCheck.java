package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.Ledger.Outcome;
import io.tealdesk.rehearsal.load.Ledger.Write;
import io.tealdesk.rehearsal.load.Written.Change;
import io.tealdesk.rehearsal.load.Written.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a ledger against what is there. An acknowledged write has to be there once, one without an answer at most once,
 * a refused one not at all. Knows neither database nor desk: what they have is handed to it.
 */
final class LedgerCheck {

    private final Map<String, Write> byMarker = new HashMap<>();
    private final List<Write> changes = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();

    LedgerCheck(Ledger ledger) {
        for (Write write : ledger.writes()) {
            if (write.isChange()) {
                changes.add(write);
            } else {
                byMarker.put(write.marker(), write);
            }
        }
    }

    List<String> lost() {
        return lost;
    }

    List<String> doubled() {
        return doubled;
    }

    List<String> unexpected() {
        return unexpected;
    }

    /** Every write has one message, and a ticket that was asked for bears its marker too. */
    void messages(List<Found> found) {
        compare("message", found, Set.of());
    }

    void tickets(List<Found> found) {
        Set<String> others = new HashSet<>();
        byMarker.values().stream()
                .filter(write -> !write.kind().equals("ticket"))
                .forEach(write -> others.add(write.marker()));
        compare("ticket", found, others);
    }

    private void compare(String what, List<Found> found, Set<String> notAskedFor) {
        Map<String, List<Found>> there = new HashMap<>();
        found.forEach(each -> there.computeIfAbsent(each.marker(), marker -> new ArrayList<>())
                .add(each));
        for (Write write : byMarker.values()) {
            List<Found> of = there.getOrDefault(write.marker(), List.of());
            if (notAskedFor.contains(write.marker())) {
                of.forEach(each -> unexpected.add(what + " for " + write));
                continue;
            }
            count(what, write.toString(), of.size(), write.outcome());
            of.forEach(each -> content(write, each));
        }
        for (String marker : new TreeSet<>(there.keySet())) {
            if (!byMarker.containsKey(marker)) {
                unexpected.add(what + " " + marker + " that nobody wrote");
            }
        }
    }

    private void count(String what, String write, int there, Outcome outcome) {
        if (there > 1) {
            doubled.add("%s of %s is there %d times".formatted(what, write, there));
        }
        if (there == 0 && outcome == Outcome.ACKNOWLEDGED) {
            lost.add(what + " of " + write);
        }
        if (there > 0 && outcome == Outcome.REFUSED) {
            unexpected.add("%s of %s, which the desk had refused".formatted(what, write));
        }
    }

    private void content(Write write, Found found) {
        boolean isElsewhere = write.ticketNumber() != 0 && found.ticketNumber() != write.ticketNumber();
        if (isElsewhere || !found.author().equals(write.author().id().toString())) {
            unexpected.add("%s is on ticket %d by %s".formatted(write, found.ticketNumber(), found.author()));
        }
        Upload upload = write.upload();
        List<String> files = upload == null || found.kind().equals("TICKET") ? List.of() : List.of(upload.sha256());
        if (!found.files().equals(files)) {
            lost.add("%s has %s for files instead of %s".formatted(write, found.files(), files));
        }
    }

    /** Changes have no marker: as many as were made by one person to one value have to be in the history. */
    void changes(Map<Change, Integer> found) {
        Map<Change, List<Write>> asked = new HashMap<>();
        changes.forEach(write -> asked.computeIfAbsent(change(write), change -> new ArrayList<>())
                .add(write));
        var all = new HashSet<>(asked.keySet());
        all.addAll(found.keySet());
        for (Change change : all) {
            List<Write> writes = asked.getOrDefault(change, List.of());
            long acknowledged = writes.stream()
                    .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED)
                    .count();
            long possible = writes.stream()
                    .filter(write -> write.outcome() != Outcome.REFUSED)
                    .count();
            int there = found.getOrDefault(change, 0);
            if (there < acknowledged) {
                lost.add("%s: %d acknowledged, %d in the history".formatted(change, acknowledged, there));
            } else if (there > possible) {
                (writes.isEmpty() ? unexpected : doubled)
                        .add("%s: %d asked for, %d in the history".formatted(change, possible, there));
            }
        }
    }

    private static Change change(Write write) {
        String kind = write.kind().equals("assignment") ? "ASSIGNEE" : "PRIORITY";
        return new Change(write.ticketNumber(), write.author().id().toString(), kind, write.marker());
    }

    /** Each reply of staff leaves as one mail. It may be sent twice, to be sure, but then it is the same mail. */
    void mails(List<CaughtMail> mails, Pattern marker, List<Found> messages) {
        Map<String, Set<String>> ids = new HashMap<>();
        for (CaughtMail mail : mails) {
            Matcher matcher = marker.matcher(mail.text());
            while (matcher.find()) {
                ids.computeIfAbsent(matcher.group(), found -> new HashSet<>()).add(mail.messageId());
            }
        }
        for (Found message : messages) {
            Write write = byMarker.get(message.marker());
            if (write == null || !write.kind().equals("reply")) {
                continue;
            }
            int count = ids.getOrDefault(message.marker(), Set.of()).size();
            if (count == 0) {
                lost.add("mail of " + write);
            } else if (count > 1) {
                doubled.add("mail of %s was sent as %d mails".formatted(write, count));
            }
        }
    }
}
