/**
 * What the files that ship this product have to keep together, as named rules. No single tool sees these: a validator
 * knows one file at a time, and AWS finds out in the middle of a deployment.
 */
@NullMarked
package io.tealdesk.infra.rules;

import org.jspecify.annotations.NullMarked;
