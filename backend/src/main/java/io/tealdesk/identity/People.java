package io.tealdesk.identity;

import io.tealdesk.identity.MailTokens.Purpose;
import io.tealdesk.identity.Sessions.EndReason;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds, changes, invites and deactivates people. */
@Component
class People {

    private final PersonRepository repository;
    private final PersonList list;
    private final OrganisationRepository organisations;
    private final MailTokens mailTokens;
    private final IdentityMails mails;
    private final Sessions sessions;
    private final JdbcClient jdbc;
    private final Clock clock;

    People(
            PersonRepository repository,
            PersonList list,
            OrganisationRepository organisations,
            MailTokens mailTokens,
            IdentityMails mails,
            Sessions sessions,
            JdbcClient jdbc,
            Clock clock) {
        this.repository = repository;
        this.list = list;
        this.organisations = organisations;
        this.mailTokens = mailTokens;
        this.mails = mails;
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    MeResponse me(UUID personId) {
        return list.me(personId);
    }

    @Transactional
    void renameMyself(Viewer viewer, long expectedVersion, String name, String locale) {
        var person = existing(viewer.personId());
        EntityVersion.check(expectedVersion, person.version());
        person.rename(OneLine.of("name", name), locale);
    }

    @Transactional
    PersonResponse addCustomer(String email, String name, @Nullable UUID organisationId, String locale) {
        var person = added(email, name, Role.CUSTOMER, locale);
        person.joinOrganisation(checkedOrganisation(organisationId));
        repository.saveAndFlush(person);
        return list.get(person.id());
    }

    @Transactional
    PersonResponse invite(String email, String name, Role role, Set<UUID> teamIds, String locale) {
        if (!role.isStaff()) {
            throw Problem.invalidField("role", "NotStaff", "must be AGENT or ADMINISTRATOR");
        }
        var person = added(email, name, role, locale);
        replaceTeams(person, teamIds);
        mails.acceptInvitation(person, mailTokens.create(Purpose.ACCEPT_INVITATION, person.id()));
        return list.get(person.id());
    }

    @Transactional
    void inviteAgain(UUID personId) {
        var person = existing(personId);
        if (!person.role().isStaff() || !person.isActive() || person.passwordHash() != null) {
            throw Problem.notFound();
        }
        mails.acceptInvitation(person, mailTokens.create(Purpose.ACCEPT_INVITATION, person.id()));
    }

    @Transactional
    PersonResponse change(
            UUID personId, long expectedVersion, String name, @Nullable UUID organisationId, String locale) {
        var person = existing(personId);
        EntityVersion.check(expectedVersion, person.version());
        person.rename(OneLine.of("name", name), locale);
        person.joinOrganisation(checkedOrganisation(organisationId));
        repository.saveAndFlush(person);
        return list.get(personId);
    }

    @Transactional
    PersonResponse changeRole(UUID personId, Role role) {
        var person = existing(personId);
        if (role != Role.ADMINISTRATOR) {
            refuseIfLastAdministrator(person);
        }
        person.changeRole(role);
        repository.saveAndFlush(person);
        if (!role.isStaff()) {
            replaceTeams(person, Set.of());
        }
        return list.get(personId);
    }

    @Transactional
    PersonResponse changeTeams(UUID personId, Set<UUID> teamIds) {
        replaceTeams(existing(personId), teamIds);
        return list.get(personId);
    }

    @Transactional
    PersonResponse deactivate(UUID personId) {
        var person = existing(personId);
        refuseIfLastAdministrator(person);
        person.deactivate(clock.instant());
        repository.saveAndFlush(person);
        sessions.endAll(personId, EndReason.DEACTIVATED, null);
        return list.get(personId);
    }

    @Transactional
    PersonResponse reactivate(UUID personId) {
        var person = existing(personId);
        person.reactivate();
        repository.saveAndFlush(person);
        return list.get(personId);
    }

    private Person added(String email, String name, Role role, String locale) {
        if (repository.findByEmail(email.strip()).isPresent()) {
            throw IdentityProblem.emailTaken();
        }
        return repository.saveAndFlush(
                new Person(email.strip(), OneLine.of("name", name), role, locale, clock.instant()));
    }

    private Person existing(UUID personId) {
        return repository.findById(personId).orElseThrow(Problem::notFound);
    }

    private void refuseIfLastAdministrator(Person person) {
        if (person.role() == Role.ADMINISTRATOR
                && person.isActive()
                && repository.lockActiveAdministrators().size() <= 1) {
            throw IdentityProblem.lastAdministrator();
        }
    }

    private @Nullable UUID checkedOrganisation(@Nullable UUID organisationId) {
        if (organisationId != null && organisations.findById(organisationId).isEmpty()) {
            throw Problem.invalidField("organisationId", "Unknown", "is no organisation");
        }
        return organisationId;
    }

    private void replaceTeams(Person person, Set<UUID> teamIds) {
        if (!teamIds.isEmpty() && !person.role().isStaff()) {
            throw IdentityProblem.notStaff();
        }
        jdbc.sql("delete from team_member where person_id = :person")
                .param("person", person.id())
                .update();
        if (teamIds.isEmpty()) {
            return;
        }
        var inserted = jdbc.sql("""
                        insert into team_member (team_id, person_id)
                        select t.id, :person from team t where t.id in (:teams)""")
                .param("person", person.id())
                .param("teams", teamIds)
                .update();
        if (inserted != teamIds.size()) {
            throw Problem.invalidField("teamIds", "Unknown", "names a team that does not exist");
        }
    }
}
