package io.tealdesk.rehearsal.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Everything that people do with the desk, once. Whatever it makes has a name of its own, so that it can be walked again
 * on the same database. What one step needs of another is left out when that one did not work.
 */
final class DeskWalk {

    private final ApiClient api;
    private final MailBox mail;
    private final String administrator;
    private final String password;

    DeskWalk(ApiClient api, MailBox mail, String administrator, String password) {
        this.api = api;
        this.mail = mail;
        this.administrator = administrator;
        this.password = password;
    }

    /** @return what was not answered as asked, a sentence each */
    List<String> run() throws InterruptedException {
        List<String> failures = new ArrayList<>();
        String name = UUID.randomUUID().toString().substring(0, 8);
        api.get("/api/v1/about");
        PeopleWalk people = new PeopleWalk(api, mail, name);
        api.signIn(administrator, password);
        people.asAdministrator();
        people.asInvitedAgent();
        people.asCustomer();
        TicketWalk tickets = new TicketWalk(api, name);
        api.signIn(administrator, password);
        tickets.asAgent();
        people.signInAsCustomer();
        tickets.asCustomer();
        api.signIn(administrator, password);
        tickets.reading();
        people.atTheEnd();
        failures.addAll(api.failures());
        return failures.stream().distinct().toList();
    }
}
