@NullMarked
package io.tealdesk.rehearsal.releases;

import org.jspecify.annotations.NullMarked;
