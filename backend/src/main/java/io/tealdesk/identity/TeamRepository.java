package io.tealdesk.identity;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TeamRepository extends Repository<Team, UUID> {

    Team saveAndFlush(Team team);

    Optional<Team> findById(UUID id);

    @Query("select t from Team t where t.isDefault")
    Optional<Team> findDefault();

    void delete(Team team);

    void flush();
}
