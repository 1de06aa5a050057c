package io.tealdesk;

import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * One operation of the API with who may use it and how, as {@link #TABLE} says. A new endpoint needs a line in the table
 * and a valid request in {@link #REQUESTS}; its authorisation and what it shows to customers are tested from then on.
 *
 * @param variant tells several lines of one operation apart; empty for most
 * @param outcomes what each caller gets: {@code ok}, 401, 403 or 404
 */
record ApiOperation(String method, String path, String variant, Map<Caller, String> outcomes) {

    /** Whose request it is, in the order of the table's columns. */
    enum Caller {
        ANONYMOUS,
        OWNER,
        CUSTOMER_OF_ANOTHER_ORGANISATION,
        COLLEAGUE_IN_A_SHARING_ORGANISATION,
        COLLEAGUE_IN_A_PRIVATE_ORGANISATION,
        AGENT_OF_THE_TEAM,
        AGENT_OF_ANOTHER_TEAM,
        ADMINISTRATOR;

        boolean isCustomer() {
            return this == OWNER || this == COLLEAGUE_IN_A_SHARING_ORGANISATION || isForeignCustomer();
        }

        private boolean isForeignCustomer() {
            return this == CUSTOMER_OF_ANOTHER_ORGANISATION || this == COLLEAGUE_IN_A_PRIVATE_ORGANISATION;
        }

        boolean worksInASharingOrganisation() {
            return this != COLLEAGUE_IN_A_PRIVATE_ORGANISATION;
        }

        @Nullable Viewer of(ApiDesk desk) {
            return switch (this) {
                case ANONYMOUS -> null;
                case OWNER -> desk.owner;
                case CUSTOMER_OF_ANOTHER_ORGANISATION -> desk.stranger;
                case COLLEAGUE_IN_A_SHARING_ORGANISATION, COLLEAGUE_IN_A_PRIVATE_ORGANISATION -> desk.colleague;
                case AGENT_OF_THE_TEAM -> desk.agent;
                case AGENT_OF_ANOTHER_TEAM -> desk.otherAgent;
                case ADMINISTRATOR -> desk.administrator;
            };
        }
    }

    // A customer who asks for what only staff have is told so (403) and learns nothing: the role alone decides. What
    // somebody of the right role may not see does not exist for them (404).
    private static final String TABLE = """
                                                          anonymous    sharing colleague
                                                          |   owner    |   private colleague
                                                          |   |   foreign  |   agent
                                                          |   |   |    |   |   |   foreign agent
                                                          |   |   |    |   |   |   |   administrator
            GET    /about                                 ok  ok  ok   ok  ok  ok  ok  ok
            POST   /registrations                         ok  ok  ok   ok  ok  ok  ok  ok
            POST   /email-verification-requests           ok  ok  ok   ok  ok  ok  ok  ok
            POST   /email-verifications                   ok  ok  ok   ok  ok  ok  ok  ok
            POST   /password-reset-requests               ok  ok  ok   ok  ok  ok  ok  ok
            POST   /password-resets                       ok  ok  ok   ok  ok  ok  ok  ok
            POST   /invitation-acceptances                ok  ok  ok   ok  ok  ok  ok  ok
            POST   /sessions                              ok  ok  ok   ok  ok  ok  ok  ok
            POST   /sessions/refresh                      ok  ok  ok   ok  ok  ok  ok  ok
            DELETE /sessions/current                      ok  ok  ok   ok  ok  ok  ok  ok
            GET    /sessions                              401 ok  ok   ok  ok  ok  ok  ok
            DELETE /sessions                              401 ok  ok   ok  ok  ok  ok  ok
            GET    /me                                    401 ok  ok   ok  ok  ok  ok  ok
            PUT    /me                                    401 ok  ok   ok  ok  ok  ok  ok
            PUT    /me/password                           401 ok  ok   ok  ok  ok  ok  ok
            GET    /me/keyboard                           401 403 403  403 403 ok  ok  ok
            PUT    /me/keyboard                           401 403 403  403 403 ok  ok  ok
            PUT    /me/writing                            401 403 403  403 403 ok  ok  ok
            GET    /me/signature                          401 403 403  403 403 ok  ok  ok
            PUT    /me/signature                          401 403 403  403 403 ok  ok  ok
            GET    /teams/{id}/signature                  401 403 403  403 403 ok  ok  ok
            PUT    /teams/{id}/signature                  401 403 403  403 403 403 403 ok

            GET    /people                                401 403 403  403 403 ok  ok  ok
            POST   /people                                401 403 403  403 403 ok  ok  ok
            GET    /people/{id}                           401 403 403  403 403 ok  ok  ok
            PUT    /people/{id}                           401 403 403  403 403 403 403 ok
            PUT    /people/{id}/role                      401 403 403  403 403 403 403 ok
            PUT    /people/{id}/role (oneself)            401 403 403  403 403 403 403 ok
            PUT    /people/{id}/teams                     401 403 403  403 403 403 403 ok
            PUT    /people/{id}/teams (oneself)           401 403 403  403 403 403 403 ok
            PUT    /people/{id}/deactivation              401 403 403  403 403 403 403 ok
            DELETE /people/{id}/deactivation              401 403 403  403 403 403 403 ok
            POST   /invitations                           401 403 403  403 403 403 403 ok
            POST   /invitations/{personId}/resend         401 403 403  403 403 403 403 ok
            GET    /teams                                 401 403 403  403 403 ok  ok  ok
            POST   /teams                                 401 403 403  403 403 403 403 ok
            PUT    /teams/{id}                            401 403 403  403 403 403 403 ok
            DELETE /teams/{id}                            401 403 403  403 403 403 403 ok
            PUT    /teams/{id}/default                    401 403 403  403 403 403 403 ok
            PUT    /teams/{id}/members/{personId}         401 403 403  403 403 403 403 ok
            DELETE /teams/{id}/members/{personId}         401 403 403  403 403 403 403 ok
            GET    /organisations                         401 403 403  403 403 ok  ok  ok
            POST   /organisations                         401 403 403  403 403 403 403 ok
            GET    /organisations/{id}                    401 403 403  403 403 ok  ok  ok
            PUT    /organisations/{id}                    401 403 403  403 403 403 403 ok
            DELETE /organisations/{id}                    401 403 403  403 403 403 403 ok

            GET    /portal/tickets                        401 ok  ok   ok  ok  403 403 403
            GET    /portal/tickets (of the organisation)  401 ok  ok   ok  ok  403 403 403
            POST   /portal/tickets                        401 ok  ok   ok  ok  403 403 403
            GET    /portal/tickets/{number}               401 ok  404  ok  404 403 403 403
            POST   /portal/tickets/{number}/replies       401 ok  404  ok  404 403 403 403
            PUT    /portal/tickets/{number}/closure       401 ok  404  ok  404 403 403 403
            DELETE /portal/tickets/{number}/closure       401 ok  404  ok  404 403 403 403

            POST   /attachments                           401 ok  ok   ok  ok  ok  ok  ok
            GET    /attachments/{id}                      401 ok  404  ok  404 ok  404 ok
            GET    /attachments/{id} (of a note)          401 404 404  404 404 ok  404 ok
            GET    /attachments/{id} (not sent yet)       401 ok  404  404 404 404 404 404
            GET    /attachments/{id} (staff's, not sent)  401 404 404  404 404 ok  404 404

            GET    /tickets                               401 403 403  403 403 ok  ok  ok
            POST   /tickets                               401 403 403  403 403 ok  ok  ok
            GET    /tickets/count                         401 403 403  403 403 ok  ok  ok
            GET    /tickets/export.csv                    401 403 403  403 403 ok  ok  ok
            GET    /views                                 401 403 403  403 403 ok  ok  ok
            GET    /saved-views                           401 403 403  403 403 ok  ok  ok
            POST   /saved-views                           401 403 403  403 403 ok  ok  ok
            POST   /saved-views (for everyone)            401 403 403  403 403 403 403 ok
            PATCH  /saved-views/{id}                      401 403 403  403 403 ok  404 ok
            PATCH  /saved-views/{id} (private)            401 403 403  403 403 ok  404 404
            PATCH  /saved-views/{id} (of everyone)        401 403 403  403 403 403 403 ok
            DELETE /saved-views/{id}                      401 403 403  403 403 ok  404 ok
            DELETE /saved-views/{id} (private)            401 403 403  403 403 ok  404 404
            DELETE /saved-views/{id} (of everyone)        401 403 403  403 403 403 403 ok
            PUT    /saved-views/order                     401 403 403  403 403 ok  ok  ok
            GET    /saved-replies                         401 403 403  403 403 ok  ok  ok
            POST   /saved-replies                         401 403 403  403 403 ok  ok  ok
            POST   /saved-replies (for everyone)          401 403 403  403 403 403 403 ok
            POST   /saved-replies/preview                 401 403 403  403 403 ok  ok  ok
            PUT    /saved-replies/{id}                    401 403 403  403 403 ok  404 404
            PUT    /saved-replies/{id} (of the team)      401 403 403  403 403 403 404 ok
            PUT    /saved-replies/{id} (of everyone)      401 403 403  403 403 403 403 ok
            DELETE /saved-replies/{id}                    401 403 403  403 403 ok  404 404
            DELETE /saved-replies/{id} (of the team)      401 403 403  403 403 403 404 ok
            PUT    /saved-replies/{id}/restoration        401 403 403  403 403 ok  404 404
            PUT    /saved-replies/{id}/restoration (of the team) 401 403 403 403 403 403 404 ok
            POST   /saved-replies/{id}/uses               401 403 403  403 403 ok  404 404
            POST   /saved-replies/{id}/uses (of the team) 401 403 403  403 403 ok  404 ok
            GET    /macros                                401 403 403  403 403 ok  ok  ok
            POST   /macros                                401 403 403  403 403 ok  ok  ok
            POST   /macros (for everyone)                 401 403 403  403 403 403 403 ok
            PUT    /macros/{id}                           401 403 403  403 403 ok  404 404
            PUT    /macros/{id} (of the team)             401 403 403  403 403 403 404 ok
            PUT    /macros/{id} (of everyone)             401 403 403  403 403 403 403 ok
            DELETE /macros/{id}                           401 403 403  403 403 ok  404 404
            DELETE /macros/{id} (of everyone)             401 403 403  403 403 403 403 ok
            PUT    /macros/{id}/restoration               401 403 403  403 403 ok  404 404
            PUT    /macros/{id}/restoration (of everyone) 401 403 403  403 403 403 403 ok
            POST   /bulk-edits                            401 403 403  403 403 ok  ok  ok
            POST   /bulk-edits (of what a filter passes)  401 403 403  403 403 ok  ok  ok
            GET    /bulk-edits                            401 403 403  403 403 ok  ok  ok
            GET    /bulk-edits/matching-tickets           401 403 403  403 403 ok  ok  ok
            GET    /bulk-edits/{id}                       401 403 403  403 403 ok  404 404
            GET    /bulk-edits/{id}/tickets               401 403 403  403 403 ok  404 404
            PUT    /bulk-edits/{id}/stop                  401 403 403  403 403 ok  404 404
            PUT    /bulk-edits/{id}/undo                  401 403 403  403 403 ok  404 404
            GET    /tags                                  401 403 403  403 403 ok  ok  ok
            GET    /search                                401 403 403  403 403 ok  ok  ok
            GET    /search/suggestions                    401 403 403  403 403 ok  ok  ok
            GET    /home                                  401 403 403  403 403 ok  ok  ok
            GET    /reports/volume                        401 403 403  403 403 ok  ok  ok
            GET    /reports/backlog                       401 403 403  403 403 ok  ok  ok
            GET    /reports/first-reply                   401 403 403  403 403 ok  ok  ok
            GET    /reports/resolution                    401 403 403  403 403 ok  ok  ok
            GET    /reports/load                          401 403 403  403 403 ok  ok  ok
            GET    /reports/tags                          401 403 403  403 403 ok  ok  ok
            GET    /reports/{report}.csv                  401 403 403  403 403 ok  ok  ok
            PUT    /reports/rebuild                       401 403 403  403 403 403 403 ok
            GET    /live                                  401 403 403  403 403 ok  ok  ok
            GET    /drafts                                401 403 403  403 403 ok  ok  ok
            GET    /scheduled-replies                     401 403 403  403 403 ok  ok  ok
            PUT    /scheduled-replies/{id}/withdrawal     401 403 403  403 403 ok  404 404
            PUT    /scheduled-replies/{id}/withdrawal (of one who left) 401 403 403 403 403 ok 404 ok
            DELETE /scheduled-replies/{id}/withdrawal     401 403 403  403 403 ok  404 404
            PUT    /scheduled-replies/{id}/time           401 403 403  403 403 ok  404 404
            GET    /presence                              401 403 403  403 403 ok  ok  ok
            GET    /tickets/{number}                      401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/events               401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/messages             401 403 403  403 403 ok  404 ok
            POST   /tickets/{number}/replies              401 403 403  403 403 ok  404 ok
            POST   /tickets/{number}/notes                401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/signature            401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/scheduled-replies    401 403 403  403 403 ok  404 ok
            POST   /tickets/{number}/scheduled-replies    401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/saved-replies        401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/macros               401 403 403  403 403 ok  404 ok
            POST   /tickets/{number}/macro-applications   401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/restoration          401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/status               401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/closure              401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/closure              401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/assignment           401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/assignment           401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/team                 401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/team (to one's own)  401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/priority             401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/tags                 401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/due-date             401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/due-date             401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/subject              401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/snooze               401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/snooze               401 403 403  403 403 ok  404 ok
            POST   /ticket-merges                         401 403 403  403 403 ok  404 ok
            POST   /ticket-merges (into a foreign ticket) 401 403 403  403 403 404 404 ok
            POST   /ticket-merges (of a foreign ticket)   401 403 403  403 403 404 404 ok
            DELETE /ticket-merges/{id}                    401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/merged               401 403 403  403 403 ok  404 ok
            POST   /tickets/{number}/splits               401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/split                401 403 403  403 403 ok  404 ok
            GET    /tickets/{number}/links                401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/links                401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/links (to a foreign ticket) 401 403 403 403 403 404 404 ok
            DELETE /tickets/{number}/links/{id}           401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/links/{id} (to a foreign ticket) 401 403 403 403 403 404 404 ok
            PUT    /tickets/{number}/presence/{tab}       401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/presence/{tab} (of another's tab) 401 403 403 403 403 404 404 404
            DELETE /tickets/{number}/presence/{tab}       401 403 403  403 403 ok  ok  ok
            GET    /tickets/{number}/drafts               401 403 403  403 403 ok  404 ok
            PUT    /tickets/{number}/drafts/{kind}        401 403 403  403 403 ok  404 ok
            DELETE /tickets/{number}/drafts/{kind}        401 403 403  403 403 ok  404 ok

            GET    /business-hours                        401 403 403  403 403 403 403 ok
            POST   /business-hours                        401 403 403  403 403 403 403 ok
            PUT    /business-hours/{id}                   401 403 403  403 403 403 403 ok
            DELETE /business-hours/{id}                   401 403 403  403 403 403 403 ok
            PUT    /business-hours/{id}/default           401 403 403  403 403 403 403 ok
            PUT    /business-hours/{id}/restoration       401 403 403  403 403 403 403 ok
            GET    /sla-policies                          401 403 403  403 403 403 403 ok
            POST   /sla-policies                          401 403 403  403 403 403 403 ok
            PUT    /sla-policies/{id}                     401 403 403  403 403 403 403 ok
            DELETE /sla-policies/{id}                     401 403 403  403 403 403 403 ok
            PUT    /sla-policies/{id}/restoration         401 403 403  403 403 403 403 ok
            PUT    /sla-policies/order                    401 403 403  403 403 403 403 ok
            POST   /sla-policies/preview                  401 403 403  403 403 403 403 ok
            GET    /tickets/{number}/sla                  401 403 403  403 403 ok  404 ok
            """;

    private static final String MERGE =
            "{'target':{'number':%s,'version':0},'tickets':[{'number':%s,'version':0}],'withOtherRequesters':true}";

    /** A request that is valid whoever sends it, so that only permission can refuse it. */
    private static final Map<String, BiFunction<ApiDesk, Viewer, Request>> REQUESTS = Map.ofEntries(
            Map.entry("GET /about", (desk, caller) -> at()),
            Map.entry("POST /registrations", (desk, caller) -> at().json("""
                            {"name":"Ines","email":"ines@example.org","password":"rhubarb and custard","locale":"en"}""")),
            Map.entry(
                    "POST /email-verification-requests", (desk, caller) -> at().json("{'email':'%s'}", caller.email())),
            Map.entry(
                    "POST /email-verifications",
                    (desk, caller) -> at().json(
                                    "{'token':'%s'}",
                                    desk.mailedLink(
                                            "VERIFY_EMAIL", desk.withoutPassword(desk.bystander(Role.CUSTOMER))))),
            Map.entry("POST /password-reset-requests", (desk, caller) -> at().json("{'email':'%s'}", caller.email())),
            Map.entry(
                    "POST /password-resets",
                    (desk, caller) -> at().json(
                                    "{'token':'%s','password':'rhubarb and custard'}",
                                    desk.mailedLink("RESET_PASSWORD", desk.owner))),
            Map.entry(
                    "POST /invitation-acceptances",
                    (desk, caller) -> at().json(
                                    "{'token':'%s','name':'Xaver','password':'rhubarb and custard'}",
                                    desk.mailedLink(
                                            "ACCEPT_INVITATION", desk.withoutPassword(desk.bystander(Role.AGENT))))),
            Map.entry(
                    "POST /sessions",
                    (desk, caller) ->
                            at().json("{'email':'%s','password':'%s'}", caller.email(), DeskFixtures.PASSWORD)),
            Map.entry("POST /sessions/refresh", (desk, caller) -> at().cookie(desk.refreshToken(caller))),
            Map.entry("DELETE /sessions/current", (desk, caller) -> at().cookie(desk.refreshToken(caller))),
            Map.entry("GET /sessions", (desk, caller) -> at()),
            Map.entry("DELETE /sessions", (desk, caller) -> at()),
            Map.entry("GET /me", (desk, caller) -> at()),
            Map.entry("PUT /me", (desk, caller) -> at().ifMatch().json("{'name':'Someone','locale':'de'}")),
            Map.entry(
                    "PUT /me/password",
                    (desk, caller) -> at().json(
                                    "{'currentPassword':'%s','newPassword':'rhubarb and custard'}",
                                    DeskFixtures.PASSWORD)),
            Map.entry("GET /me/keyboard", (desk, caller) -> at()),
            Map.entry(
                    "PUT /me/keyboard",
                    (desk, caller) -> at().json("{'singleKeys':true,'keys':[{'command':'ticket.assign','keys':'y'}]}")),
            Map.entry(
                    "PUT /me/writing",
                    (desk, caller) -> at().json("{'undoSeconds':20,'takesOnReply':false,'afterDone':'NEXT'}")),
            Map.entry("GET /me/signature", (desk, caller) -> at()),
            Map.entry("PUT /me/signature", (desk, caller) -> at().json("{'text':'Yours, {{agent.name}}'}")),
            Map.entry("GET /teams/{id}/signature", (desk, caller) -> at(desk.team)),
            Map.entry(
                    "PUT /teams/{id}/signature", (desk, caller) -> at(desk.team).json("{'text':'The workshop'}")),
            Map.entry("GET /tickets/{number}/signature", (desk, caller) -> at(desk.ticket)),
            Map.entry("GET /people", (desk, caller) -> at()),
            Map.entry("POST /people", (desk, caller) -> at().json("{'email':'ines@example.org','name':'Ines'}")),
            Map.entry("GET /people/{id}", (desk, caller) -> at(desk.bystander(Role.CUSTOMER))),
            Map.entry(
                    "PUT /people/{id}",
                    (desk, caller) ->
                            at(desk.bystander(Role.CUSTOMER)).ifMatch().json("{'name':'Someone','locale':'de'}")),
            Map.entry(
                    "PUT /people/{id}/role",
                    (desk, caller) -> at(desk.bystander(Role.CUSTOMER)).json("{'role':'AGENT'}")),
            Map.entry(
                    "PUT /people/{id}/role (oneself)",
                    (desk, caller) -> at(caller).json("{'role':'ADMINISTRATOR'}")),
            Map.entry(
                    "PUT /people/{id}/teams",
                    (desk, caller) -> at(desk.bystander(Role.AGENT)).json("{'teamIds':['%s']}", desk.team)),
            Map.entry(
                    "PUT /people/{id}/teams (oneself)",
                    (desk, caller) -> at(caller).json("{'teamIds':['%s','%s']}", desk.team, desk.otherTeam)),
            Map.entry("PUT /people/{id}/deactivation", (desk, caller) -> at(desk.bystander(Role.AGENT))),
            Map.entry(
                    "DELETE /people/{id}/deactivation",
                    (desk, caller) -> at(desk.deactivated(desk.bystander(Role.AGENT)))),
            Map.entry(
                    "POST /invitations",
                    (desk, caller) -> at().json(
                                    "{'email':'ines@example.org','name':'Ines','role':'AGENT','teamIds':['%s']}",
                                    desk.team)),
            Map.entry(
                    "POST /invitations/{personId}/resend",
                    (desk, caller) -> at(desk.withoutPassword(desk.bystander(Role.AGENT)))),
            Map.entry("GET /teams", (desk, caller) -> at()),
            Map.entry("POST /teams", (desk, caller) -> at().json("{'name':'Returns','description':''}")),
            Map.entry(
                    "PUT /teams/{id}",
                    (desk, caller) -> at(desk.team).ifMatch().json("{'name':'Returns','description':''}")),
            Map.entry(
                    "DELETE /teams/{id}",
                    (desk, caller) -> at(desk.anEmptyTeam()).ifMatch()),
            Map.entry("PUT /teams/{id}/default", (desk, caller) -> at(desk.team)),
            Map.entry(
                    "PUT /teams/{id}/members/{personId}",
                    (desk, caller) -> at(desk.team, caller.isStaff() ? caller : desk.otherAgent)),
            Map.entry("DELETE /teams/{id}/members/{personId}", (desk, caller) -> at(desk.team, desk.agent)),
            Map.entry("GET /organisations", (desk, caller) -> at()),
            Map.entry("POST /organisations", (desk, caller) -> at().json("{'name':'Renette','sharesTickets':true}")),
            Map.entry("GET /organisations/{id}", (desk, caller) -> at(desk.anEmptyOrganisation())),
            Map.entry(
                    "PUT /organisations/{id}",
                    (desk, caller) -> at(Objects.requireNonNull(desk.owner.organisationId()))
                            .ifMatch()
                            .json("{'name':'Renette','sharesTickets':true}")),
            Map.entry(
                    "DELETE /organisations/{id}",
                    (desk, caller) -> at(desk.anEmptyOrganisation()).ifMatch()),
            Map.entry("GET /portal/tickets", (desk, caller) -> at()),
            Map.entry(
                    "GET /portal/tickets (of the organisation)", (desk, caller) -> at().query("scope", "ORGANISATION")),
            Map.entry(
                    "POST /portal/tickets",
                    (desk, caller) -> at().once()
                            .json(
                                    "{'subject':'Bent axle','body':'It hit a kerb.','attachmentIds':['%s']}",
                                    desk.uploaded(caller, "axle.txt"))),
            Map.entry("GET /portal/tickets/{number}", (desk, caller) -> at(desk.ticket)),
            Map.entry(
                    "POST /portal/tickets/{number}/replies",
                    (desk, caller) -> at(desk.ticket)
                            .once()
                            .json(
                                    "{'body':'Here it is.','attachmentIds':['%s'],'lastSeenMessageId':%s}",
                                    desk.uploaded(caller, "axle.txt"), desk.lastMessage)),
            Map.entry("PUT /portal/tickets/{number}/closure", (desk, caller) -> at(desk.ticket)),
            Map.entry("DELETE /portal/tickets/{number}/closure", (desk, caller) -> at(desk.closed().ticket)),
            Map.entry(
                    "POST /attachments",
                    (desk, caller) -> at().query("fileName", "axle.txt").bytes("Some bytes")),
            Map.entry("GET /attachments/{id}", (desk, caller) -> at(desk.publicAttachment())),
            Map.entry("GET /attachments/{id} (of a note)", (desk, caller) -> at(desk.internalAttachment())),
            Map.entry("GET /attachments/{id} (not sent yet)", (desk, caller) -> at(desk.uploaded(desk.owner, "a.txt"))),
            Map.entry(
                    "GET /attachments/{id} (staff's, not sent)",
                    (desk, caller) -> at(desk.uploaded(desk.agent, "a.txt"))),
            Map.entry("GET /tickets", (desk, caller) -> at()),
            Map.entry(
                    "POST /tickets",
                    (desk, caller) -> at().once()
                            .json(
                                    """
                                    {'subject':'Bent axle','body':'It hit a kerb.','attachmentIds':['%s'],
                                     'requesterId':'%s','teamId':'%s','assigneeId':'%s','tags':['axle']}""",
                                    desk.uploaded(caller, "axle.txt"),
                                    desk.owner.personId(),
                                    desk.team,
                                    desk.agent.personId())),
            Map.entry("GET /tickets/count", (desk, caller) -> at()),
            Map.entry("GET /tickets/export.csv", (desk, caller) -> at()),
            Map.entry("GET /saved-views", (desk, caller) -> at().query("counts", "true")),
            Map.entry(
                    "POST /saved-views",
                    (desk, caller) -> at().json(
                                    "{'name':'Axles','visibility':'PRIVATE','filter':{'property':'tag','operator':'IN','values':['axle']},'order':'DUE'}")),
            Map.entry(
                    "POST /saved-views (for everyone)",
                    (desk, caller) -> at().json(
                                    "{'name':'Axles','visibility':'EVERYONE','filter':{'property':'tag','operator':'IN','values':['axle']},'order':'DUE'}")),
            Map.entry(
                    "PATCH /saved-views/{id}",
                    (desk, caller) -> at(desk.savedView("TEAM")).ifMatch().json("{'name':'Wheels'}")),
            Map.entry(
                    "PATCH /saved-views/{id} (private)",
                    (desk, caller) -> at(desk.savedView("PRIVATE")).ifMatch().json("{'name':'Wheels'}")),
            Map.entry(
                    "PATCH /saved-views/{id} (of everyone)",
                    (desk, caller) -> at(desk.savedView("EVERYONE")).ifMatch().json("{'name':'Wheels'}")),
            Map.entry(
                    "DELETE /saved-views/{id}",
                    (desk, caller) -> at(desk.savedView("TEAM")).ifMatch()),
            Map.entry(
                    "DELETE /saved-views/{id} (private)",
                    (desk, caller) -> at(desk.savedView("PRIVATE")).ifMatch()),
            Map.entry(
                    "DELETE /saved-views/{id} (of everyone)",
                    (desk, caller) -> at(desk.savedView("EVERYONE")).ifMatch()),
            Map.entry("PUT /saved-views/order", (desk, caller) -> at().json("{'keys':['MINE','ALL']}")),
            Map.entry("GET /views", (desk, caller) -> at()),
            Map.entry(
                    "PUT /saved-replies/{id}",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "PRIVATE"))
                            .ifMatch()
                            .json("{'name':'Axles','visibility':'PRIVATE','text':'Dear {{requester.name}}'}")),
            Map.entry(
                    "DELETE /saved-replies/{id}",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "PRIVATE")).ifMatch()),
            Map.entry(
                    "PUT /saved-replies/{id}/restoration",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "PRIVATE", true))),
            Map.entry(
                    "PUT /saved-replies/{id} (of the team)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "TEAMS"))
                            .ifMatch()
                            .json(
                                    "{'name':'Axles','visibility':'TEAMS','teamIds':['%s'],'text':'Dear {{requester.name}}'}",
                                    desk.team)),
            Map.entry(
                    "DELETE /saved-replies/{id} (of the team)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "TEAMS")).ifMatch()),
            Map.entry(
                    "PUT /saved-replies/{id}/restoration (of the team)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "TEAMS", true))),
            Map.entry(
                    "PUT /saved-replies/{id} (of everyone)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "EVERYONE"))
                            .ifMatch()
                            .json("{'name':'Axles','visibility':'EVERYONE','text':'Dear {{requester.name}}'}")),
            Map.entry(
                    "DELETE /saved-replies/{id} (of everyone)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "EVERYONE")).ifMatch()),
            Map.entry(
                    "PUT /saved-replies/{id}/restoration (of everyone)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "EVERYONE", true))),
            Map.entry("GET /saved-replies", (desk, caller) -> at()),
            Map.entry(
                    "POST /saved-replies",
                    (desk, caller) ->
                            at().json("{'name':'Axles','visibility':'PRIVATE','text':'Dear {{requester.name}}'}")),
            Map.entry(
                    "POST /saved-replies (for everyone)",
                    (desk, caller) ->
                            at().json("{'name':'Axles','visibility':'EVERYONE','text':'Dear {{requester.name}}'}")),
            Map.entry(
                    "PUT /macros/{id}",
                    (desk, caller) -> at(desk.macro("MACRO", "PRIVATE"))
                            .ifMatch()
                            .json("{'name':'Axles','visibility':'PRIVATE','actions':{'status':'RESOLVED'}}")),
            Map.entry(
                    "DELETE /macros/{id}",
                    (desk, caller) -> at(desk.macro("MACRO", "PRIVATE")).ifMatch()),
            Map.entry("PUT /macros/{id}/restoration", (desk, caller) -> at(desk.macro("MACRO", "PRIVATE", true))),
            Map.entry(
                    "PUT /macros/{id} (of the team)",
                    (desk, caller) -> at(desk.macro("MACRO", "TEAMS"))
                            .ifMatch()
                            .json(
                                    "{'name':'Axles','visibility':'TEAMS','teamIds':['%s'],'actions':{'status':'RESOLVED'}}",
                                    desk.team)),
            Map.entry(
                    "DELETE /macros/{id} (of the team)",
                    (desk, caller) -> at(desk.macro("MACRO", "TEAMS")).ifMatch()),
            Map.entry(
                    "PUT /macros/{id}/restoration (of the team)",
                    (desk, caller) -> at(desk.macro("MACRO", "TEAMS", true))),
            Map.entry(
                    "PUT /macros/{id} (of everyone)",
                    (desk, caller) -> at(desk.macro("MACRO", "EVERYONE"))
                            .ifMatch()
                            .json("{'name':'Axles','visibility':'EVERYONE','actions':{'status':'RESOLVED'}}")),
            Map.entry(
                    "DELETE /macros/{id} (of everyone)",
                    (desk, caller) -> at(desk.macro("MACRO", "EVERYONE")).ifMatch()),
            Map.entry(
                    "PUT /macros/{id}/restoration (of everyone)",
                    (desk, caller) -> at(desk.macro("MACRO", "EVERYONE", true))),
            Map.entry("GET /macros", (desk, caller) -> at()),
            Map.entry("GET /business-hours", (desk, caller) -> at()),
            Map.entry(
                    "POST /business-hours",
                    (desk, caller) ->
                            at().json("{'name':'Shop','hours':%s,'teamIds':['%s']}", ApiDesk.HOURS, desk.team)),
            Map.entry(
                    "PUT /business-hours/{id}",
                    (desk, caller) -> at(desk.businessHours(false))
                            .ifMatch()
                            .json("{'name':'Shop','hours':%s,'teamIds':[]}", ApiDesk.HOURS)),
            Map.entry(
                    "DELETE /business-hours/{id}",
                    (desk, caller) -> at(desk.businessHours(false)).ifMatch()),
            Map.entry("PUT /business-hours/{id}/default", (desk, caller) -> at(desk.businessHours(false))),
            Map.entry("PUT /business-hours/{id}/restoration", (desk, caller) -> at(desk.businessHours(true))),
            Map.entry("GET /sla-policies", (desk, caller) -> at()),
            Map.entry(
                    "POST /sla-policies", (desk, caller) -> at().json("{'name':'Gold','rules':%s}", ApiDesk.SLA_RULES)),
            Map.entry(
                    "PUT /sla-policies/{id}",
                    (desk, caller) ->
                            at(desk.slaPolicy(false)).ifMatch().json("{'name':'Gold','rules':%s}", ApiDesk.SLA_RULES)),
            Map.entry(
                    "DELETE /sla-policies/{id}",
                    (desk, caller) -> at(desk.slaPolicy(false)).ifMatch()),
            Map.entry("PUT /sla-policies/{id}/restoration", (desk, caller) -> at(desk.slaPolicy(true))),
            Map.entry("PUT /sla-policies/order", (desk, caller) -> at().json("{'ids':['%s']}", desk.slaPolicy(false))),
            Map.entry(
                    "POST /sla-policies/preview",
                    (desk, caller) -> at().json("{'teamId':'%s','rules':%s}", desk.team, ApiDesk.SLA_RULES)),
            Map.entry("GET /tickets/{number}/sla", (desk, caller) -> at(desk.ticket)),
            Map.entry(
                    "POST /macros",
                    (desk, caller) ->
                            at().json("{'name':'Axles','visibility':'PRIVATE','actions':{'status':'RESOLVED'}}")),
            Map.entry(
                    "POST /macros (for everyone)",
                    (desk, caller) ->
                            at().json("{'name':'Axles','visibility':'EVERYONE','actions':{'status':'RESOLVED'}}")),
            Map.entry(
                    "POST /saved-replies/preview",
                    (desk, caller) ->
                            at().json("{'text':'Dear {{requester.name}}','requesterName':'Mira','subject':'Axle'}")),
            Map.entry("POST /saved-replies/{id}/uses", (desk, caller) -> at(desk.macro("SAVED_REPLY", "PRIVATE"))),
            Map.entry(
                    "POST /saved-replies/{id}/uses (of the team)",
                    (desk, caller) -> at(desk.macro("SAVED_REPLY", "TEAMS"))),
            Map.entry("GET /tickets/{number}/saved-replies", (desk, caller) -> {
                desk.macro("SAVED_REPLY", "EVERYONE");
                return at(desk.ticket);
            }),
            Map.entry("GET /tickets/{number}/macros", (desk, caller) -> {
                desk.macro("MACRO", "EVERYONE");
                return at(desk.ticket);
            }),
            Map.entry(
                    "POST /tickets/{number}/macro-applications",
                    (desk, caller) -> at(desk.ticket)
                            .ifMatch()
                            .once()
                            .json("{'macroId':'%s','macroVersion':0}", desk.macro("MACRO", "EVERYONE"))),
            Map.entry(
                    "POST /bulk-edits",
                    (desk, caller) ->
                            at().once().json("{'numbers':[%s],'action':{'changes':{'priority':'LOW'}}}", desk.ticket)),
            Map.entry(
                    "POST /bulk-edits (of what a filter passes)",
                    (desk, caller) -> at().once()
                            .json("{'filter':{'expression':'{}'},'action':{'changes':{'priority':'LOW'}}}"
                                    .replace("{}", "{\\\"all\\\":[]}"))),
            Map.entry("GET /bulk-edits", (desk, caller) -> at()),
            Map.entry("GET /bulk-edits/matching-tickets", (desk, caller) -> at().query("filter", "{\"all\":[]}")),
            Map.entry("GET /bulk-edits/{id}", (desk, caller) -> at(desk.bulkEdit())),
            Map.entry("GET /bulk-edits/{id}/tickets", (desk, caller) -> at(desk.bulkEdit())),
            Map.entry("PUT /bulk-edits/{id}/stop", (desk, caller) -> at(desk.bulkEdit())),
            Map.entry("PUT /bulk-edits/{id}/undo", (desk, caller) -> at(desk.bulkEdit())),
            Map.entry("GET /tags", (desk, caller) -> at()),
            Map.entry("GET /search", (desk, caller) -> at().query("q", "drawbar")),
            Map.entry("GET /search/suggestions", (desk, caller) -> at().query("q", "draw")),
            Map.entry("GET /home", (desk, caller) -> at()),
            Map.entry("GET /reports/volume", (desk, caller) -> at().ofLastYear(desk)),
            Map.entry("GET /reports/backlog", (desk, caller) -> at().ofLastYear(desk)),
            Map.entry("GET /reports/first-reply", (desk, caller) -> at().ofLastYear(desk)),
            Map.entry("GET /reports/resolution", (desk, caller) -> at().ofLastYear(desk)),
            Map.entry("GET /reports/load", (desk, caller) -> at().ofLastYear(desk)),
            Map.entry("GET /reports/tags", (desk, caller) -> at().ofLastYear(desk)),
            Map.entry(
                    "GET /reports/{report}.csv",
                    (desk, caller) -> at("first-reply").ofLastYear(desk)),
            Map.entry("PUT /reports/rebuild", (desk, caller) -> at()),
            Map.entry("GET /live", (desk, caller) -> at()),
            Map.entry("GET /drafts", (desk, caller) -> at()),
            Map.entry("GET /scheduled-replies", (desk, caller) -> at()),
            Map.entry(
                    "PUT /scheduled-replies/{id}/withdrawal",
                    (desk, caller) -> at(desk.scheduledReply(desk.agent, "WAITING"))),
            Map.entry(
                    "PUT /scheduled-replies/{id}/withdrawal (of one who left)",
                    (desk, caller) ->
                            at(desk.scheduledReply(desk.deactivated(desk.bystander(Role.AGENT)), "RETURNED"))),
            Map.entry(
                    "DELETE /scheduled-replies/{id}/withdrawal",
                    (desk, caller) -> at(desk.scheduledReply(desk.agent, "WITHDRAWN"))),
            Map.entry(
                    "PUT /scheduled-replies/{id}/time",
                    (desk, caller) -> at(desk.scheduledReply(desk.agent, "WAITING"))
                            .json("{'lastSeenMessageId':%s}", desk.lastMessage)),
            Map.entry("GET /tickets/{number}/scheduled-replies", (desk, caller) -> at(desk.ticket)),
            Map.entry(
                    "POST /tickets/{number}/scheduled-replies",
                    (desk, caller) -> at(desk.ticket)
                            .once()
                            .json(
                                    "{'body':'Thank you.','attachmentIds':['%s'],'lastSeenMessageId':%s}",
                                    desk.uploaded(caller, "axle.txt"), desk.lastMessage)),
            Map.entry("GET /presence", (desk, caller) -> at()),
            Map.entry("GET /tickets/{number}/drafts", (desk, caller) -> at(desk.ticket)),
            Map.entry(
                    "PUT /tickets/{number}/drafts/{kind}",
                    (desk, caller) -> at(desk.ticket, "REPLY")
                            .ifMatch()
                            .json(
                                    "{'text':'Have you','attachmentIds':['%s'],'begunAfter':%s}",
                                    desk.uploaded(caller, "axle.txt"), desk.lastMessage)),
            Map.entry(
                    "DELETE /tickets/{number}/drafts/{kind}",
                    (desk, caller) -> at(desk.ticket, desk.draft(caller)).ifMatch()),
            Map.entry("GET /tickets/{number}", (desk, caller) -> at(desk.ticket)),
            Map.entry("GET /tickets/{number}/events", (desk, caller) -> at(desk.ticket)),
            Map.entry("GET /tickets/{number}/messages", (desk, caller) -> at(desk.ticket)),
            Map.entry(
                    "POST /tickets/{number}/replies",
                    (desk, caller) -> at(desk.ticket)
                            .once()
                            .json(
                                    "{'body':'Thank you.','attachmentIds':['%s'],'lastSeenMessageId':%s}",
                                    desk.uploaded(caller, "axle.txt"), desk.lastMessage)),
            Map.entry(
                    "POST /tickets/{number}/notes",
                    (desk, caller) -> at(desk.ticket)
                            .once()
                            .json(
                                    "{'body':'Check the stock.','attachmentIds':['%s']}",
                                    desk.uploaded(caller, "axle.txt"))),
            Map.entry(
                    "PUT /tickets/{number}/restoration",
                    (desk, caller) -> at(desk.ticket)
                            .json(
                                    "{'changes':[{'property':'PRIORITY','from':'LOW','to':'MEDIUM'}],'changedAt':'%s'}",
                                    desk.clock.instant())),
            Map.entry(
                    "PUT /tickets/{number}/status",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'status':'IN_PROGRESS'}")),
            Map.entry(
                    "PUT /tickets/{number}/closure",
                    (desk, caller) -> at(desk.ticket).ifMatch()),
            Map.entry(
                    "DELETE /tickets/{number}/closure",
                    (desk, caller) -> at(desk.closed().ticket).ifMatch()),
            Map.entry(
                    "PUT /tickets/{number}/assignment",
                    (desk, caller) ->
                            at(desk.ticket).ifMatch().json("{'assigneeId':'%s'}", desk.administrator.personId())),
            Map.entry(
                    "DELETE /tickets/{number}/assignment",
                    (desk, caller) -> at(desk.ticket).ifMatch()),
            Map.entry(
                    "PUT /tickets/{number}/team",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'teamId':'%s'}", desk.anEmptyTeam())),
            Map.entry(
                    "PUT /tickets/{number}/team (to one's own)",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'teamId':'%s'}", desk.otherTeam)),
            Map.entry(
                    "PUT /tickets/{number}/priority",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'priority':'LOW'}")),
            Map.entry(
                    "PUT /tickets/{number}/tags",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'tags':['axle']}")),
            Map.entry(
                    "PUT /tickets/{number}/due-date",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'dueAt':'2030-01-01T12:00:00Z'}")),
            Map.entry(
                    "DELETE /tickets/{number}/due-date",
                    (desk, caller) -> at(desk.ticket).ifMatch()),
            Map.entry(
                    "PUT /tickets/{number}/subject",
                    (desk, caller) -> at(desk.ticket).ifMatch().json("{'subject':'Bent axle'}")),
            Map.entry(
                    "PUT /tickets/{number}/snooze",
                    (desk, caller) -> at(desk.ticket)
                            .ifMatch()
                            .json("{'until':'%s'}", desk.clock.instant().plus(Duration.ofDays(2)))),
            Map.entry(
                    "DELETE /tickets/{number}/snooze",
                    (desk, caller) -> at(desk.ticket).ifMatch()),
            Map.entry(
                    "POST /ticket-merges",
                    (desk, caller) -> at().once().json(MERGE, desk.anotherTicket(desk.team), desk.ticket)),
            Map.entry(
                    "POST /ticket-merges (into a foreign ticket)",
                    (desk, caller) -> at().once().json(MERGE, desk.anotherTicket(desk.foreignTeam()), desk.ticket)),
            Map.entry(
                    "POST /ticket-merges (of a foreign ticket)",
                    (desk, caller) -> at().once().json(MERGE, desk.ticket, desk.anotherTicket(desk.foreignTeam()))),
            Map.entry("DELETE /ticket-merges/{id}", (desk, caller) -> at(desk.merge(desk.anotherTicket(desk.team)))),
            Map.entry("GET /tickets/{number}/merged", (desk, caller) -> {
                desk.merge(desk.anotherTicket(desk.team));
                return at(desk.ticket);
            }),
            Map.entry(
                    "POST /tickets/{number}/splits",
                    (desk, caller) -> at(desk.ticket)
                            .once()
                            .json("{'messageIds':[%s],'subject':'Bent axle'}", desk.firstMessage)),
            Map.entry(
                    "DELETE /tickets/{number}/split", (desk, caller) -> at(desk.split(desk.anotherTicket(desk.team)))),
            Map.entry("GET /tickets/{number}/links", (desk, caller) -> {
                desk.link(desk.anotherTicket(desk.team));
                return at(desk.ticket);
            }),
            Map.entry(
                    "PUT /tickets/{number}/links",
                    (desk, caller) ->
                            at(desk.ticket).json("{'relation':'BLOCKS','number':%s}", desk.anotherTicket(desk.team))),
            Map.entry(
                    "PUT /tickets/{number}/links (to a foreign ticket)",
                    (desk, caller) -> at(desk.ticket)
                            .json("{'relation':'BLOCKS','number':%s}", desk.anotherTicket(desk.foreignTeam()))),
            Map.entry(
                    "DELETE /tickets/{number}/links/{id}",
                    (desk, caller) -> at(desk.ticket, desk.link(desk.anotherTicket(desk.team)))),
            Map.entry(
                    "DELETE /tickets/{number}/links/{id} (to a foreign ticket)",
                    (desk, caller) -> at(desk.ticket, desk.link(desk.anotherTicket(desk.foreignTeam())))),
            Map.entry(
                    "PUT /tickets/{number}/presence/{tab}",
                    (desk, caller) ->
                            at(desk.ticket, desk.tabAtTheTicket(caller)).json("{'activity':'REPLYING'}")),
            Map.entry(
                    "PUT /tickets/{number}/presence/{tab} (of another's tab)",
                    (desk, caller) -> at(desk.ticket, desk.tabAtTheTicket(desk.bystander(Role.AGENT)))
                            .json("{'activity':'REPLYING'}")),
            Map.entry(
                    "DELETE /tickets/{number}/presence/{tab}",
                    (desk, caller) -> at(desk.ticket, desk.tabAtTheTicket(caller))));

    static List<ApiOperation> all() {
        return TABLE.lines()
                .filter(line -> line.contains(" /"))
                .map(ApiOperation::parsed)
                .toList();
    }

    private static ApiOperation parsed(String line) {
        var words = Arrays.asList(line.strip().split("\\s+"));
        var callers = Caller.values();
        var outcomes = new EnumMap<Caller, String>(Caller.class);
        for (int i = 0; i < callers.length; i++) {
            outcomes.put(callers[i], words.get(words.size() - callers.length + i));
        }
        var variant = String.join(" ", words.subList(2, words.size() - callers.length));
        return new ApiOperation(words.getFirst(), words.get(1), variant, outcomes);
    }

    /** As the OpenAPI document names it. */
    String name() {
        return method + " /api/v1" + path;
    }

    String outcomeFor(Caller caller) {
        return Objects.requireNonNull(outcomes.get(caller));
    }

    boolean isOpenTo(Caller caller) {
        return outcomeFor(caller).equals("ok");
    }

    /** Puts onto the desk what the request needs, and makes the request; an anonymous one speaks of Mira. */
    MockHttpServletRequestBuilder request(ApiDesk desk, Caller caller, AccessTokenForge tokens) {
        var maker = REQUESTS.get((method + " " + path + " " + variant).strip());
        if (maker == null) {
            throw new IllegalStateException("Add a valid request for " + this + " to ApiOperation.REQUESTS");
        }
        var viewer = caller.of(desk);
        var request = maker.apply(desk, viewer == null ? desk.owner : viewer).toward(method, "/api/v1" + path);
        return viewer == null ? request : request.header("Authorization", "Bearer " + tokens.of(viewer));
    }

    @Override
    public String toString() {
        return (method + " " + path + " " + variant).strip();
    }

    private static Request at(Object... pathVariables) {
        return new Request(Arrays.stream(pathVariables)
                .map(variable -> variable instanceof Viewer person ? person.personId() : variable)
                .toArray());
    }

    /** A request without its method, path and sender. */
    private static class Request {

        private final Object[] pathVariables;
        private final Map<String, String> headers = new java.util.LinkedHashMap<>();
        private final Map<String, String> parameters = new java.util.LinkedHashMap<>();
        private @Nullable String refreshToken;
        private @Nullable String body;
        private MediaType type = MediaType.APPLICATION_JSON;

        Request(Object[] pathVariables) {
            this.pathVariables = pathVariables;
        }

        /** In single quotes, which are easier to read here; each value takes the place of a {@code %s}. */
        Request json(String json, Object... values) {
            var filled = json.replace('\'', '"');
            for (var value : values) {
                filled = filled.replaceFirst("%s", Matcher.quoteReplacement(value.toString()));
            }
            body = filled;
            return this;
        }

        Request bytes(String content) {
            body = content;
            type = MediaType.APPLICATION_OCTET_STREAM;
            return this;
        }

        /** Everything here is in its first version. */
        Request ifMatch() {
            headers.put("If-Match", "\"0\"");
            return this;
        }

        Request once() {
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
            return this;
        }

        Request query(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        /** Reports are of what has been counted. */
        Request ofLastYear(ApiDesk desk) {
            desk.counted();
            return query("from", "2026-01-01").query("to", "2026-12-31").query("by", "MONTH");
        }

        Request cookie(String token) {
            refreshToken = token;
            return this;
        }

        MockHttpServletRequestBuilder toward(String method, String path) {
            var request = MockMvcRequestBuilders.request(HttpMethod.valueOf(method), path, pathVariables);
            headers.forEach(request::header);
            parameters.forEach(request::queryParam);
            if (refreshToken != null) {
                request.cookie(new Cookie("tealdesk_refresh", refreshToken));
            }
            if (body != null) {
                request.contentType(type).content(body);
            }
            return request;
        }
    }
}
