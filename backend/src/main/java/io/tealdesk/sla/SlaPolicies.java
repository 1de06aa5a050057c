package io.tealdesk.sla;

import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.sla.SlaRules.SlaEscalation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the policies and their order. What is deleted is put away for a while, so that it can be brought back. */
@Component
class SlaPolicies {

    private static final int POLICIES_MAX = 50;
    private static final Duration DELETED_KEPT = Duration.ofDays(30);

    private final SlaRuleBook ruleBook;
    private final JdbcClient jdbc;
    private final Clock clock;

    SlaPolicies(SlaRuleBook ruleBook, JdbcClient jdbc, Clock clock) {
        this.ruleBook = ruleBook;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<SlaPolicy> list() {
        return ruleBook.policies();
    }

    /** Behind all others. */
    @Transactional
    SlaPolicy add(String name, SlaRules rules) {
        check(rules);
        var present = list().size();
        requireRoom(present);
        UUID id;
        try {
            id = jdbc.sql("""
                            insert into sla_policy (name, position, content, created_at)
                            values (:name, (select coalesce(max(position), 0) + 1 from sla_policy),
                                    cast(:content as jsonb), :now) returning id""")
                    .param("name", OneLine.of("name", name))
                    .param("content", ruleBook.written(rules))
                    .param("now", Sql.timestamp(clock.instant()))
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw SlaProblem.nameTaken("policy");
        }
        ruleBook.changed(clock.instant());
        return get(id);
    }

    @Transactional
    SlaPolicy change(UUID id, long expectedVersion, String name, SlaRules rules) {
        check(rules);
        EntityVersion.check(expectedVersion, get(id).version());
        try {
            requireChanged(jdbc.sql("""
                            update sla_policy set name = :name, content = cast(:content as jsonb), version = version + 1
                            where id = :id and version = :version and archived_at is null""")
                    .param("name", OneLine.of("name", name))
                    .param("content", ruleBook.written(rules))
                    .param("id", id)
                    .param("version", expectedVersion)
                    .update());
        } catch (DuplicateKeyException taken) {
            throw SlaProblem.nameTaken("policy");
        }
        ruleBook.changed(clock.instant());
        return get(id);
    }

    @Transactional
    void delete(UUID id, long expectedVersion) {
        EntityVersion.check(expectedVersion, get(id).version());
        requireChanged(jdbc.sql("""
                        update sla_policy set archived_at = :now, version = version + 1
                        where id = :id and version = :version and archived_at is null""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("id", id)
                .param("version", expectedVersion)
                .update());
        ruleBook.changed(clock.instant());
    }

    /** Bringing back what was not deleted is no error: the wish is already true. */
    @Transactional
    SlaPolicy restore(UUID id) {
        try {
            var isDeleted = jdbc.sql("""
                            update sla_policy set archived_at = null, version = version + 1
                            where id = :id and archived_at is not null""").param("id", id).update() == 1;
            if (isDeleted) {
                requireRoom(list().size() - 1);
                ruleBook.changed(clock.instant());
            }
        } catch (DuplicateKeyException taken) {
            throw SlaProblem.nameTaken("policy");
        }
        return get(id);
    }

    /** @param ids all policies, the first to be asked first */
    @Transactional
    List<SlaPolicy> order(List<UUID> ids) {
        var present = list().stream().map(SlaPolicy::id).toList();
        if (ids.size() != present.size() || !new HashSet<>(ids).equals(new HashSet<>(present))) {
            throw SlaProblem.otherPolicies();
        }
        for (int position = 0; position < ids.size(); position++) {
            jdbc.sql("update sla_policy set position = :position where id = :id")
                    .param("position", position)
                    .param("id", ids.get(position))
                    .update();
        }
        ruleBook.changed(clock.instant());
        return list();
    }

    /** When a ticket of that team that was opened now would be due, in the calendars of now. */
    Preview preview(SlaRules rules, UUID teamId) {
        check(rules);
        if (count("team", List.of(teamId)) == 0) {
            throw Problem.invalidField("teamId", "Unknown", "is no team");
        }
        var now = clock.instant();
        var hours = ruleBook.hours(teamId, rules);
        return new Preview(
                now,
                due(hours, now, rules.firstReplyMinutes()),
                due(hours, now, rules.nextReplyMinutes()),
                due(hours, now, rules.resolutionMinutes()));
    }

    @Transactional
    void forgetDeleted() {
        for (var table : List.of("sla_policy", "sla_calendar")) {
            jdbc.sql("delete from %s where archived_at < :before".formatted(table))
                    .param("before", Sql.timestamp(clock.instant().minus(DELETED_KEPT)))
                    .update();
        }
    }

    private static @Nullable Instant due(BusinessHours hours, Instant now, @Nullable Integer minutes) {
        return minutes == null
                ? null
                : hours.after(now, Duration.ofMinutes(minutes)).orElse(null);
    }

    private void check(SlaRules rules) {
        rules.check();
        requireKnown("rules.teamIds", "team", rules.teamIds());
        requireKnown("rules.organisationIds", "organisation", rules.organisationIds());
        check("rules.onWarning", rules.onWarning());
        check("rules.onBreach", rules.onBreach());
    }

    private void check(String field, SlaEscalation escalation) {
        var teamId = escalation.teamId();
        if (teamId != null) {
            requireKnown(field + ".teamId", "team", Set.of(teamId));
        }
        var people = new HashSet<>(escalation.personIds());
        if (people.size() < escalation.personIds().size() || countStaff(people) < people.size()) {
            throw Problem.invalidField(
                    field + ".personIds", "Unknown", "must be active agents or administrators, each once");
        }
    }

    private void requireKnown(String field, String table, Collection<UUID> ids) {
        if (count(table, ids) < ids.size()) {
            throw Problem.invalidField(field, "Unknown", "must be there");
        }
    }

    private int count(String table, Collection<UUID> ids) {
        return jdbc.sql("select count(*) from %s where id = any(cast(:ids as uuid[]))".formatted(table))
                .param("ids", Sql.texts(ids))
                .query(Integer.class)
                .single();
    }

    private int countStaff(Collection<UUID> ids) {
        return jdbc.sql("""
                        select count(*) from person where id = any(cast(:ids as uuid[])) and deactivated_at is null
                          and role in ('AGENT', 'ADMINISTRATOR')""").param("ids", Sql.texts(ids)).query(Integer.class).single();
    }

    private static void requireRoom(int present) {
        if (present >= POLICIES_MAX) {
            throw Problem.invalidField("name", "TooMany", "there are " + POLICIES_MAX + " already");
        }
    }

    private static void requireChanged(int rows) {
        if (rows == 0) {
            throw EntityVersion.stale();
        }
    }

    private SlaPolicy get(UUID id) {
        return list().stream()
                .filter(policy -> policy.id().equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    /** Nothing is promised for what is absent, or its time never comes. */
    record Preview(
            Instant openedAt,
            @Nullable Instant firstReplyDue,
            @Nullable Instant nextReplyDue,
            @Nullable Instant resolutionDue) {}
}
