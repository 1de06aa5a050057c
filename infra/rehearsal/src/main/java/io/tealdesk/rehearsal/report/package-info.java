/**
 * The verdict, the report as a page and as JSON, and the progress at the terminal.
 */
@NullMarked
package io.tealdesk.rehearsal.report;

import org.jspecify.annotations.NullMarked;
