/**
 * The files that ship this product, read once into small models: YAML and JSON with their line numbers, CloudFormation
 * evaluated for an environment, Dockerfiles, Nginx configuration, shell scripts. Says what stands there, judges nothing;
 * the rules do, and the rehearsal plays what it finds here.
 */
@NullMarked
package io.tealdesk.infra.files;

import org.jspecify.annotations.NullMarked;
