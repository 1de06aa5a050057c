/** Proofs on real processes, run by {@code mvn -Pslow-gates verify}: nothing acknowledged is lost, two tasks are as one. */
@NullMarked
package io.tealdesk.gates;

import org.jspecify.annotations.NullMarked;
