package io.tealdesk.identity;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PersonRepository extends Repository<Person, UUID> {

    Person saveAndFlush(Person person);

    Optional<Person> findById(UUID id);

    /**
     * Whatever the letters' case: the column is citext, and so must be the value it is compared with. It names its
     * columns: where "select *" is prepared, it fails within a transaction after the next release has added one.
     */
    @Query(value = """
            select id, email, name, role, organisation_id, password_hash, email_verified_at, locale, deactivated_at,
                   created_at, version
            from person where email = cast(:email as citext)""", nativeQuery = true)
    Optional<Person> findByEmail(String email);

    /** Locked, so that two administrators cannot demote each other at the same moment. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select p from Person p where p.role = io.tealdesk.identity.Role.ADMINISTRATOR and p.deactivatedAt is null order by p.id")
    List<Person> lockActiveAdministrators();
}
