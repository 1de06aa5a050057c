#!/usr/bin/env bash
# Makes the secrets of a composed desk at its first start, and leaves those of later starts alone: a new database
# password would lock it out, a new signing key would sign everybody out.
set -euo pipefail
umask 022

random() { head -c "$1" /dev/urandom | base64 --wrap=0; }

cd /run/desk
if [ ! -s database-password ]; then
  random 24 | tr '+/' '-_' >database-password.new
  mv database-password.new database-password
fi
if [ ! -s backend.properties ]; then
  {
    echo "spring.datasource.password=$(cat database-password)"
    echo "tealdesk.identity.signing-keys[0].kid=compose"
    echo "tealdesk.identity.signing-keys[0].secret=$(random 48)"
  } >backend.properties.new
  mv backend.properties.new backend.properties
fi
chown 10001:10001 /files
