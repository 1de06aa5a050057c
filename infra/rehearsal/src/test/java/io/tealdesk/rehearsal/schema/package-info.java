@NullMarked
package io.tealdesk.rehearsal.schema;

import org.jspecify.annotations.NullMarked;
