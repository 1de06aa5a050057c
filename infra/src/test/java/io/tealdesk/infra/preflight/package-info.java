@NullMarked
package io.tealdesk.infra.preflight;

import org.jspecify.annotations.NullMarked;
