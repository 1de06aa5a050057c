/**
 * Whether the release that runs can live with the next release's migrations, tried on a copy before anything else.
 */
@NullMarked
package io.tealdesk.rehearsal.schema;

import org.jspecify.annotations.NullMarked;
