package io.tealdesk.tickets;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

interface TicketRepository extends Repository<Ticket, Long> {

    Ticket saveAndFlush(Ticket ticket);

    /**
     * Locked: changes and replies of one ticket queue up behind each other instead of failing at commit. By its id, so that
     * what the transaction has locked already is not asked for again.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Ticket> findById(Long number);

    /** Locked in the order of their numbers, so that no two who lock several wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    List<Ticket> findByNumberInOrderByNumber(Collection<Long> numbers);

    /** Writes what has changed, so that statements which JPA does not see find it. */
    void flush();
}
