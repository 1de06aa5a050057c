#!/usr/bin/env bash
# Runs while the backend's image is built: starts the desk on a PostgreSQL of its own, uses it, and lets the JVM write
# what it learned to the AOT cache named here.
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: train-backend.sh CACHE   (in the directory of tealdesk.jar and jvm.options, not as root)" >&2
  exit 2
fi
cache=$1
scratch=$(mktemp -d)
email=training@tealdesk.example
password="$(head -c 24 /dev/urandom | base64)"
token=""

export SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:5432/tealdesk SPRING_DATASOURCE_USERNAME=training
export TEALDESK_IDENTITY_SIGNINGKEYS_0_KID=training
TEALDESK_IDENTITY_SIGNINGKEYS_0_SECRET=$(head -c 32 /dev/urandom | base64)
export TEALDESK_IDENTITY_SIGNINGKEYS_0_SECRET
export TEALDESK_IDENTITY_FIRSTADMINISTRATOR_EMAIL=$email TEALDESK_IDENTITY_FIRSTADMINISTRATOR_PASSWORD=$password
# As in production: JSON logs and no migrations. Without AWS: its SDK would make the cache 10 MB larger.
export LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs TEALDESK_DATABASE_MIGRATEATSTART=false
export TEALDESK_FILES_DIRECTORY=$scratch/files

# request METHOD PATH [JSON]: prints the answer's body; fails unless the status is 2xx. In a shell of its own, because a
# refused connection ends the shell.
request() (
  method=$1 path=$2 body=${3:-}
  exec 3<>/dev/tcp/127.0.0.1/3000
  printf '%s %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "$path" "${token:+Authorization: Bearer $token$'\r\n'}" "${#body}" "$body" >&3
  read -r -t 30 _ status _ <&3
  while IFS= read -r line && [[ $line != $'\r' ]]; do :; done <&3
  cat <&3
  if [[ $status != 2* ]]; then
    echo "$method $path: $status" >&2
    exit 1
  fi
)

initdb --pgdata="$scratch/database" --username=training --auth=trust --no-sync >/dev/null
pg_ctl --pgdata="$scratch/database" --silent --wait --log="$scratch/database.log" \
  --options="-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off" start

# As in production, in a step of its own: serving does not need what migrating loads.
export TEALDESK_DATABASE_MIGRATION_USERNAME=training TEALDESK_DATABASE_MIGRATION_PASSWORD=unused
psql --quiet --host 127.0.0.1 --username training --dbname postgres --command "create database tealdesk"
java -XX:TieredStopAtLevel=1 -jar tealdesk.jar migrate
unset TEALDESK_DATABASE_MIGRATION_USERNAME TEALDESK_DATABASE_MIGRATION_PASSWORD

java @jvm.options -Xlog:aot=error,cds=error -XX:AOTCacheOutput="$cache" -jar tealdesk.jar &
desk=$!
until request GET /actuator/health/readiness >/dev/null 2>&1; do
  if ! kill -0 "$desk" 2>/dev/null || [[ $SECONDS -gt 240 ]]; then
    echo "The desk is not ready after $SECONDS s." >&2
    kill -KILL "$desk" || true
    exit 1
  fi
  sleep 0.5
done

session=$(request POST /api/v1/sessions "{\"email\":\"$email\",\"password\":\"$password\"}")
token=$(sed -E 's/.*"accessToken":"([^"]+)".*/\1/' <<<"$session")
for _ in 1 2 3; do
  for path in about me home views teams tags organisations people tickets; do
    request GET "/api/v1/$path" >/dev/null
  done
done

kill -TERM "$desk"
wait "$desk" || [[ $? -eq 143 ]]
pg_ctl --pgdata="$scratch/database" --silent --mode=immediate stop
rm -rf "$scratch"
ls -l "$cache"
