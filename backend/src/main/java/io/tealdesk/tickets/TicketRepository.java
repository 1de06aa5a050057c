package io.tealdesk.tickets;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TicketRepository extends Repository<Ticket, Long> {

    Ticket saveAndFlush(Ticket ticket);

    /** Locked: changes and replies of one ticket queue up behind each other instead of failing at commit. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from Ticket t where t.number = :number")
    Optional<Ticket> lock(long number);
}
