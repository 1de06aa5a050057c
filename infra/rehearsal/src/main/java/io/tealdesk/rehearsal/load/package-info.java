/**
 * People at work at a constant arrival rate, and the ledger of what the desk told them. Knows nothing of deployments, so
 * that benchmarks use it too.
 */
@NullMarked
package io.tealdesk.rehearsal.load;

import org.jspecify.annotations.NullMarked;
