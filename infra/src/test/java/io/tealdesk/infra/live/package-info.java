@NullMarked
package io.tealdesk.infra.live;

import org.jspecify.annotations.NullMarked;
