/**
 * The lists that agents work in: tickets by any filter and order, their counts, views and tags; and full-text search, with
 * an index of its own that follows the tickets. A read model: it reads the tables of other modules by SQL, within the
 * scope that {@code tickets} defines. Only {@code bulk} depends on it, to ask which
 * tickets a filter passes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets"})
package io.tealdesk.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
