package io.tealdesk.identity;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface OrganisationRepository extends Repository<Organisation, UUID> {

    Organisation saveAndFlush(Organisation organisation);

    Optional<Organisation> findById(UUID id);

    void delete(Organisation organisation);

    void flush();
}
