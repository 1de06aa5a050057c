package io.tealdesk.rehearsal.schema;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Accounts, sessions, organisations and teams. */
final class PeopleWalk {

    private static final String FIRST_PASSWORD = "a walk around the desk 1";
    private static final String NEXT_PASSWORD = "a walk around the desk 2";

    private final ApiClient api;
    private final MailBox mail;
    private final String name;
    private final String agent;
    private final String customer;
    private JsonNode team = MissingNode.getInstance();

    PeopleWalk(ApiClient api, MailBox mail, String name) {
        this.api = api;
        this.mail = mail;
        this.name = name;
        this.agent = "agent-" + name + "@walk.test";
        this.customer = "customer-" + name + "@walk.test";
    }

    void asAdministrator() throws InterruptedException {
        JsonNode me = api.get("/api/v1/me");
        api.put("/api/v1/me", Map.of("name", me.path("name").asString("Ada"), "locale", "en"), me);
        api.get("/api/v1/sessions");
        api.post("/api/v1/sessions/refresh", Map.of());
        teams();
        JsonNode organisation = organisations();
        people(organisation);
        api.get("/api/v1/people?role=CUSTOMER&text=" + name + "&organisation="
                + organisation.path("id").asString(""));
        api.post(
                "/api/v1/invitations",
                Map.of(
                        "email",
                        agent,
                        "name",
                        "Invited",
                        "role",
                        "AGENT",
                        "locale",
                        "en",
                        "teamIds",
                        List.of(id(team))));
    }

    private void teams() throws InterruptedException {
        team = api.post("/api/v1/teams", Map.of("name", "Team " + name, "description", "Walks"));
        api.put("/api/v1/teams/" + id(team), Map.of("name", "Team of " + name, "description", "Walks on"), team);
        JsonNode all = api.get("/api/v1/teams");
        api.put("/api/v1/teams/" + id(team) + "/default");
        for (JsonNode each : all) {
            if (each.path("isDefault").asBoolean(false)) {
                api.put("/api/v1/teams/" + id(each) + "/default");
            }
        }
        JsonNode empty = api.post("/api/v1/teams", Map.of("name", "Empty " + name, "description", ""));
        api.delete("/api/v1/teams/" + id(empty), empty);
    }

    private JsonNode organisations() throws InterruptedException {
        JsonNode empty = api.post("/api/v1/organisations", Map.of("name", "Empty " + name, "sharesTickets", false));
        api.delete("/api/v1/organisations/" + id(empty), empty);
        JsonNode made = api.post("/api/v1/organisations", Map.of("name", "Org " + name, "sharesTickets", false));
        api.get("/api/v1/organisations");
        api.get("/api/v1/organisations?text=" + name);
        api.get("/api/v1/organisations/" + id(made));
        return api.put(
                "/api/v1/organisations/" + id(made), Map.of("name", "Org of " + name, "sharesTickets", true), made);
    }

    private void people(JsonNode organisation) throws InterruptedException {
        JsonNode person = api.post(
                "/api/v1/people",
                Map.of(
                        "email",
                        "added-" + name + "@walk.test",
                        "name",
                        "Added",
                        "locale",
                        "en",
                        "organisationId",
                        id(organisation)));
        String path = "/api/v1/people/" + id(person);
        api.get("/api/v1/people");
        api.get("/api/v1/people?staff=true&deactivated=false");
        person = api.get(path);
        api.put(path, Map.of("name", "Added by hand", "locale", "de", "organisationId", id(organisation)), person);
        api.put(path + "/role", Map.of("role", "AGENT"));
        api.put(path + "/teams", Map.of("teamIds", List.of(id(team))));
        api.delete("/api/v1/teams/" + id(team) + "/members/" + id(person));
        api.put("/api/v1/teams/" + id(team) + "/members/" + id(person));
        api.put(path + "/deactivation");
        api.delete(path + "/deactivation");
    }

    void asInvitedAgent() throws InterruptedException {
        JsonNode invited = api.get("/api/v1/people?text=" + agent).path("items").path(0);
        api.post("/api/v1/invitations/" + id(invited) + "/resend", Map.of());
        api.signOut();
        accept(
                2,
                "/accept-invitation",
                "/api/v1/invitation-acceptances",
                agent,
                Map.of("name", "Agent", "password", FIRST_PASSWORD));
        api.signIn(agent, FIRST_PASSWORD);
        api.get("/api/v1/home");
        api.delete("/api/v1/sessions/current");
    }

    void asCustomer() throws InterruptedException {
        api.signOut();
        api.post(
                "/api/v1/registrations",
                Map.of("email", customer, "name", "Customer", "locale", "en", "password", FIRST_PASSWORD));
        api.post("/api/v1/email-verification-requests", Map.of("email", customer));
        accept(1, "/verify-email", "/api/v1/email-verifications", customer, Map.of());
        api.post("/api/v1/password-reset-requests", Map.of("email", customer));
        accept(1, "/reset-password", "/api/v1/password-resets", customer, Map.of("password", NEXT_PASSWORD));
        api.signIn(customer, NEXT_PASSWORD);
        api.put("/api/v1/me/password", Map.of("currentPassword", NEXT_PASSWORD, "newPassword", FIRST_PASSWORD));
    }

    void signInAsCustomer() throws InterruptedException {
        api.signIn(customer, FIRST_PASSWORD);
    }

    void atTheEnd() throws InterruptedException {
        api.delete("/api/v1/sessions");
        api.signOut();
    }

    private void accept(int which, String page, String path, String recipient, Map<String, String> more)
            throws InterruptedException {
        Map<String, String> body = new java.util.HashMap<>(more);
        body.put("token", mail.token(recipient, page, which).orElse("none came"));
        api.post(path, body);
    }

    private static String id(JsonNode made) {
        return made.path("id").asString("00000000-0000-0000-0000-000000000000");
    }
}
