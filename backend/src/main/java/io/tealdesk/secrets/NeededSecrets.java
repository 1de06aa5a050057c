package io.tealdesk.secrets;

import java.util.Set;

/** What a start cannot do without, where secrets are required at all. */
public record NeededSecrets(Set<SecretName> names) {

    static final NeededSecrets TO_SERVE = new NeededSecrets(Set.of(SecretName.DATABASE, SecretName.SIGNING_KEYS));
}
