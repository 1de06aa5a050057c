package io.tealdesk.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.jspecify.annotations.Nullable;

/** Somebody Tealdesk knows, perhaps from mail alone: without a password nobody can sign in as them. */
@Entity
@Table(name = "person")
class Person {

    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    @Column(columnDefinition = "citext")
    private String email;

    private String name;

    @Enumerated(EnumType.STRING)
    private Role role;

    private @Nullable UUID organisationId;
    private @Nullable String passwordHash;
    private @Nullable Instant emailVerifiedAt;
    private String locale;
    private @Nullable Instant deactivatedAt;
    private Instant createdAt;

    @Version
    private long version;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Person() {}

    @SuppressWarnings("NullAway.Init")
    Person(String email, String name, Role role, String locale, Instant createdAt) {
        this.email = email;
        this.name = name;
        this.role = role;
        this.locale = locale;
        this.createdAt = createdAt;
    }

    void rename(String newName, String newLocale) {
        name = newName;
        locale = newLocale;
    }

    void joinOrganisation(@Nullable UUID newOrganisationId) {
        organisationId = newOrganisationId;
    }

    void changeRole(Role newRole) {
        role = newRole;
    }

    /** Whoever can follow a link in their mail owns the address. */
    void choosePassword(String newPasswordHash, Instant now) {
        passwordHash = newPasswordHash;
        if (emailVerifiedAt == null) {
            emailVerifiedAt = now;
        }
    }

    void changePassword(String newPasswordHash) {
        passwordHash = newPasswordHash;
    }

    void deactivate(Instant now) {
        if (deactivatedAt == null) {
            deactivatedAt = now;
        }
    }

    void reactivate() {
        deactivatedAt = null;
    }

    boolean isActive() {
        return deactivatedAt == null;
    }

    boolean isEmailVerified() {
        return emailVerifiedAt != null;
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    String name() {
        return name;
    }

    Role role() {
        return role;
    }

    @Nullable UUID organisationId() {
        return organisationId;
    }

    @Nullable String passwordHash() {
        return passwordHash;
    }

    String locale() {
        return locale;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version;
    }
}
