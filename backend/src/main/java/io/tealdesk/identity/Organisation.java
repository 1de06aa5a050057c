package io.tealdesk.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;

/** The company that customers belong to. */
@Entity
@Table(name = "organisation")
class Organisation {

    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    @Column(columnDefinition = "citext")
    private String name;

    private boolean sharesTickets;
    private Instant createdAt;

    @Version
    private long version;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Organisation() {}

    @SuppressWarnings("NullAway.Init")
    Organisation(String name, boolean sharesTickets, Instant createdAt) {
        this.name = name;
        this.sharesTickets = sharesTickets;
        this.createdAt = createdAt;
    }

    void change(String newName, boolean newSharesTickets) {
        name = newName;
        sharesTickets = newSharesTickets;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    boolean sharesTickets() {
        return sharesTickets;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }
}
