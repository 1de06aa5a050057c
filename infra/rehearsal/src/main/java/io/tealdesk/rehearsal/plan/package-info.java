/**
 * What the files say about a deployment: read from appspec.yaml, taskdef.json, the frontend's pair and the service
 * template, and from nowhere else.
 */
@NullMarked
package io.tealdesk.rehearsal.plan;

import org.jspecify.annotations.NullMarked;
