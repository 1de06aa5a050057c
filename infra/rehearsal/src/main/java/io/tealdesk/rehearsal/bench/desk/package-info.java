/**
 * Makes a desk that has been at work for years and writes it into an empty database, as fast as COPY goes. The same
 * seed and moment give the same desk.
 */
@NullMarked
package io.tealdesk.rehearsal.bench.desk;

import org.jspecify.annotations.NullMarked;
