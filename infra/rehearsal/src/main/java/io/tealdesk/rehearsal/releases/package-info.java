/**
 * The two releases: from a Git reference, files already built, or images.
 */
@NullMarked
package io.tealdesk.rehearsal.releases;

import org.jspecify.annotations.NullMarked;
