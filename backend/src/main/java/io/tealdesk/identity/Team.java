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

/** A group of agents that owns tickets. */
@Entity
@Table(name = "team")
class Team {

    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    @Column(columnDefinition = "citext")
    private String name;

    private String description;
    private boolean isDefault;

    @SuppressWarnings("UnusedVariable") // Written for the record; lists read it by SQL.
    private Instant createdAt;

    @Version
    private long version;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Team() {}

    @SuppressWarnings("NullAway.Init")
    Team(String name, String description, Instant createdAt) {
        this.name = name;
        this.description = description;
        this.createdAt = createdAt;
    }

    void change(String newName, String newDescription) {
        name = newName;
        description = newDescription;
    }

    void makeDefault(boolean newIsDefault) {
        isDefault = newIsDefault;
    }

    boolean isDefault() {
        return isDefault;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    long version() {
        return version;
    }
}
