/** The drills' own rules; that each ends as it should is seen only by playing it. */
@NullMarked
package io.tealdesk.rehearsal.drills;

import org.jspecify.annotations.NullMarked;
