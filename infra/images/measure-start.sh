#!/usr/bin/env bash
# How long the backend's container takes until it is ready on a small task, with the AOT cache and without it, in
# alternating pairs. Fails when not even the fastest is ready within 25 s (more on a machine that is slower than usual at
# the moment) or when the cache saves too little.
set -euo pipefail

if [[ $# -lt 1 || $# -gt 2 || $1 == -* ]]; then
  echo "usage: measure-start.sh IMAGE [PAIRS]   (default: 3 pairs; needs postgres:18)" >&2
  exit 2
fi
image=$1
pairs=${2:-3}
ready_within_ms=25000
most_percent=65
# What a start without the cache costs on a usual machine, at most.
usual_cpu_ms=15000
machine_speed=$(dirname "$0")/../machine-speed.sh
name=tealdesk-start-$$-$RANDOM
network=$name

remove() {
  docker rm --force --volumes "$name" "$name-database" >/dev/null 2>&1 || true
  docker network rm "$network" >/dev/null 2>&1 || true
}
trap remove EXIT

docker network create "$network" >/dev/null
docker run --detach --name "$name-database" --network "$network" --network-alias database \
  --env POSTGRES_PASSWORD=measured postgres:18 >/dev/null
until docker exec "$name-database" pg_isready --quiet --host 127.0.0.1; do sleep 0.2; done

# CPU time since the container's start, in milliseconds, by cgroup 2 or 1.
cpu_time() {
  docker exec "$name" bash -c 'if [[ -e /sys/fs/cgroup/cpu.stat ]]; then
      read -r _ microseconds </sys/fs/cgroup/cpu.stat && echo "$((microseconds / 1000))"
    else
      read -r nanoseconds </sys/fs/cgroup/cpuacct/cpuacct.usage && echo "$((nanoseconds / 1000000))"
    fi'
}

# start LIMITS... -- WHAT...: a container of the image as a task runs it; prints milliseconds until ready, of CPU time
# until then, and memory in use.
start() {
  local limits=() address started ready figures
  while [[ $1 != -- ]]; do
    limits+=("$1")
    shift
  done
  shift
  docker run --detach --name "$name" --network "$network" --read-only --cap-drop ALL \
    --security-opt no-new-privileges --tmpfs /tmp "${limits[@]}" \
    --env SPRING_DATASOURCE_URL=jdbc:postgresql://database:5432/postgres \
    --env SPRING_DATASOURCE_USERNAME=postgres --env SPRING_DATASOURCE_PASSWORD=measured \
    --env TEALDESK_IDENTITY_SIGNINGKEYS_0_KID=measured \
    --env TEALDESK_IDENTITY_SIGNINGKEYS_0_SECRET=bWVhc3VyZWQtbWVhc3VyZWQtbWVhc3VyZWQtbWVhc3VyZWQ= \
    --env LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs "$@" >/dev/null
  address=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$name")
  started=$(date --date "$(docker inspect --format '{{.State.StartedAt}}' "$name")" +%s%3N)
  until curl --silent --fail --output /dev/null --max-time 5 "http://$address:3000/actuator/health/readiness"; do
    if [[ $(docker inspect --format '{{.State.Running}}' "$name") != true || $(($(date +%s%3N) - started)) -gt 180000 ]]; then
      docker logs --tail 30 "$name" >&2
      echo "The container did not become ready." >&2
      return 1
    fi
    sleep 0.05
  done
  ready=$(date +%s%3N)
  figures="$((ready - started)) $(cpu_time) $(docker stats --no-stream --format '{{.MemUsage}}' "$name" | cut -d' ' -f1)"
  docker rm --force "$name" >/dev/null
  echo "$figures"
}
task=(--cpus 0.5 --memory 1g)
with_cache=("$image")
# The image's own command but for the cache; the JVM's default archive stays in use.
without_cache=(--entrypoint java "$image" @/app/jvm.options -jar /app/tealdesk.jar)

read -r migrated _ < <(start -- "${with_cache[@]}")
echo "empty database, no limits: ready after $migrated ms"

# Before and after, so that a machine that becomes slow meanwhile counts as one.
slowness=$("$machine_speed")
ratios=()
fastest=180000
least_cpu=180000
for pair in $(seq "$pairs"); do
  if ((pair % 2)); then
    read -r with with_cpu with_memory < <(start "${task[@]}" -- "${with_cache[@]}")
    read -r without without_cpu without_memory < <(start "${task[@]}" -- "${without_cache[@]}")
  else
    read -r without without_cpu without_memory < <(start "${task[@]}" -- "${without_cache[@]}")
    read -r with with_cpu with_memory < <(start "${task[@]}" -- "${with_cache[@]}")
  fi
  ratios+=("$((100 * with / without))")
  ((with >= fastest)) || fastest=$with
  ((without_cpu >= least_cpu)) || least_cpu=$without_cpu
  echo "pair $pair with the cache:    $with ms, $with_cpu ms of CPU, $with_memory"
  echo "pair $pair without the cache: $without ms, $without_cpu ms of CPU, $without_memory: ${ratios[-1]} % ($((100 * with_cpu / without_cpu)) % of CPU)"
done
median=$(printf '%s\n' "${ratios[@]}" | sort -n | sed -n "$(((pairs + 1) / 2))p")
after=$("$machine_speed")
((after <= slowness)) || slowness=$after
# A neighbour on the same core costs a start more than it costs a loop.
((least_cpu * 100 / usual_cpu_ms <= slowness)) || slowness=$((least_cpu * 100 / usual_cpu_ms))
ready_within_ms=$((ready_within_ms * slowness / 100))
# Such a machine is not as slow for one start as for the next. Without any cache it would be 100.
((slowness <= 120)) || most_percent=85
echo "this machine takes $slowness % of the usual time"
echo "0.5 CPU, 1 GiB: median $median % (at most $most_percent), fastest $fastest ms (at most $ready_within_ms)"
((median <= most_percent && fastest < ready_within_ms))
