package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.bench.desk.Known;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** All that is measured, in the report's order. */
final class Catalogue {

    private static final Duration REPORT = Duration.ofMillis(300);

    private Catalogue() {}

    private static ListTickets filter(String name, String json) {
        return new ListTickets(
                name,
                "order=UPDATED&zone=Europe/Berlin&filter="
                        + URLEncoder.encode(json.replaceAll("\\s+", " "), StandardCharsets.UTF_8));
    }

    private static String report(String name, String query) {
        return "/api/v1/reports/" + name + query;
    }

    static List<Operation> of(Stock stock, Instant now) throws IOException, InterruptedException {
        String yearAgo =
                now.minus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS).toString();
        String halfYearAgo =
                now.minus(180, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS).toString();
        String year = "?zone=Europe/Berlin&from=%s&to=%s&compare=true&filterOnce=true"
                .formatted(
                        now.minus(364, ChronoUnit.DAYS).toString().substring(0, 10),
                        now.toString().substring(0, 10));
        return List.of(
                new ListTickets("list: to do", "lane=TO_DO&order=UPDATED", true),
                new ListTickets("list: mine", "assignee=me&lane=TO_DO&order=UPDATED"),
                new ListTickets("list: unassigned", "assignee=none&lane=TO_DO&order=NEWEST"),
                new ListTickets("list: everything", "order=UPDATED", true),
                new ListTickets("list: everything, page 1,000", "order=UPDATED&cursor=" + stock.deepCursor()),
                new ListTickets("list: most urgent", "lane=TO_DO&order=PRIORITY"),
                new ListTickets("list: due next", "lane=TO_DO&order=DUE"),
                new ListTickets("list: overdue", "overdue=true&order=DUE"),
                new ListTickets("list: one requester", "requester=" + stock.usualRequester() + "&order=UPDATED"),
                new ListTickets(
                        "list: the heaviest requester", "requester=" + stock.heavyRequester() + "&order=NEWEST"),
                new ListTickets("list: one organisation", "organisation=" + stock.organisation() + "&order=UPDATED"),
                new ListTickets("list: a frequent tag", "tag=" + stock.frequentTag() + "&order=UPDATED"),
                new ListTickets("list: a rare tag", "tag=" + stock.rareTag() + "&order=UPDATED"),
                new ListTickets("list: a tag that is none", "tag=no-such-tag&order=UPDATED"),
                new ListTickets("list: critical and cancelled", "priority=CRITICAL&status=CANCELLED&order=UPDATED"),
                new ListTickets(
                        "list: made a year ago",
                        "createdAfter=%s&createdBefore=%s&order=UPDATED".formatted(yearAgo, halfYearAgo)),
                new ListTickets("list: waiting for a third party", "status=WAITING_ON_THIRD_PARTY&order=NEWEST"),
                filter("list: either of two, a nested filter", """
                        {"any":[
                          {"all":[{"property":"status","operator":"IN","values":["OPEN"]},
                                  {"property":"priority","operator":"IN","values":["CRITICAL","HIGH"]},
                                  {"property":"team","operator":"IN","values":["mine"]}]},
                          {"all":[{"property":"lastMessageBy","operator":"IN","values":["REQUESTER"]},
                                  {"property":"assignee","operator":"IN","values":["me"]},
                                  {"property":"created","operator":"AFTER","values":["-7d"]}]}]}"""),
                filter("list: nobody's tags, not done", """
                        {"all":[{"property":"tag","operator":"EMPTY","values":[]},
                                {"property":"status","operator":"NOT_IN","values":["RESOLVED","CLOSED","CANCELLED"]}]}"""),
                filter("list: resolved last week", """
                        {"all":[{"property":"resolved","operator":"AFTER","values":["-7d"]},
                                {"property":"priority","operator":"NOT_IN","values":["LOW"]}]}"""),
                new ListTickets("list: a common word", "order=UPDATED&text=" + Known.COMMON_WORD),
                new ListTickets("list: a rare word", "order=UPDATED&text=" + Known.RARE_WORD),
                new ListTickets("list: an absent word", "order=UPDATED&text=" + Known.ABSENT_WORD),
                new Look("views", "/api/v1/views", Duration.ofMillis(80)),
                new Look("home", "/api/v1/home", null),
                new Look("count: everything", "/api/v1/tickets/count", Duration.ofMillis(80)),
                new Look("report: volume of a year by day", report("volume", year + "&by=day"), REPORT),
                new Look("report: first reply of a year by day", report("first-reply", year + "&by=day"), REPORT),
                new Look("report: backlog of a year by week", report("backlog", year + "&by=week"), REPORT),
                new Look("report: load of a year", report("load", year), REPORT),
                new Look("report: tags of a year", report("tags", year), REPORT),
                new Look(
                        "suggestions: a beginning",
                        "/api/v1/search/suggestions?q=" + Known.COMMON_WORD.substring(0, 4),
                        null),
                new OpenTicket(stock),
                new Reply(stock),
                new SearchTickets("search: common word", Known.COMMON_WORD),
                new SearchTickets("search: rare word", Known.RARE_WORD),
                new SearchTickets("search: phrase", '"' + Known.PHRASE + '"'),
                new SearchTickets("search: absent word", Known.ABSENT_WORD));
    }
}
