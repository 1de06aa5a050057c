@NullMarked
package io.tealdesk.rehearsal.world;

import org.jspecify.annotations.NullMarked;
