/**
 * Drills: deployments in which something goes wrong. Each has to end as the product promises, with nothing lost; and each
 * is played once more without the safeguard that makes it end so, and then the loss has to be seen.
 */
@NullMarked
package io.tealdesk.rehearsal.drills;

import org.jspecify.annotations.NullMarked;
