#!/usr/bin/env bash
# Makes the secrets of a composed desk at its first start, and leaves those of later starts alone: a new database
# password would lock it out, a new signing key would sign everybody out. Each file can be read by one service's user.
set -euo pipefail
umask 077

# What is written last stands for all: the database starts only after this has ended well.
readonly LAST=/run/desk/migration.properties

random() { head -c "$1" /dev/urandom | base64 --wrap=0 | tr '+/' '-_'; }

# keep FILE OWNER MODE: what is piped in. No later start finds half a file.
keep() {
  rm -f "$1.new"
  cat >"$1.new"
  chmod "$3" "$1.new"
  chown "$2" "$1.new"
  mv "$1.new" "$1"
}

make_secrets() {
  local master owner application
  master=$(random 24) owner=$(random 24) application=$(random 24)
  printf '%s' "$master" | keep database-password 999:999 400
  keep backend.properties 10001:10001 440 <<END
spring.datasource.url=jdbc:postgresql://database:5432/tealdesk
spring.datasource.username=tealdesk_app
spring.datasource.password=$application
tealdesk.identity.signing-keys[0].kid=compose
tealdesk.identity.signing-keys[0].secret=$(head -c 48 /dev/urandom | base64 --wrap=0)
END
  keep "$LAST" 10002:10001 400 <<END
tealdesk.database.master.username=postgres
tealdesk.database.master.password=$master
tealdesk.database.migration.username=tealdesk_owner
tealdesk.database.migration.password=$owner
END
}

cd /run/desk
[[ -s $LAST ]] || make_secrets
chown 10001:10001 /files
