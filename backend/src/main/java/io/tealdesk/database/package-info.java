/**
 * How the application gets at its database: as whom, on which schema, and the two commands that make the schema
 * ({@code migrate}) and its users ({@code prepare-database}). What is in the tables belongs to the other modules.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "secrets"})
package io.tealdesk.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
