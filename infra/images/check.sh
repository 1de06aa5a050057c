#!/usr/bin/env bash
# Builds both images from the committed files and holds them against everything that docs/containers.md promises of
# them. Prints the figures. Leaves the two images behind; a second run builds from the cache.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: check.sh [TAG]   (checks tealdesk-backend:TAG and tealdesk-frontend:TAG; default: local)" >&2
  exit 2
fi
tag=${1:-local}
backend=tealdesk-backend:$tag
frontend=tealdesk-frontend:$tag
export DOCKER_BUILDKIT=1
scratch=$(mktemp -d)
failures=0
trap 'rm -rf "$scratch"; docker image rm --force "tealdesk-previous:$$" "tealdesk-second:$$" "tealdesk-third:$$" >/dev/null 2>&1 || true' EXIT

part() {
  local name=$1 start=$SECONDS
  shift
  printf '\n%s\n' "-- $name"
  if "$@"; then
    echo "-- $name: passed in $((SECONDS - start)) s"
  else
    echo "-- $name: FAILED after $((SECONDS - start)) s"
    failures=$((failures + 1))
  fi
}

# build FILE IMAGE ARGUMENTS...: quietly, unless it fails.
build() {
  local file=$1 image=$2
  shift 2
  docker build --file "$file" --tag "$image" "$@" . >"$scratch/build.log" 2>&1 || { tail -n 60 "$scratch/build.log"; return 1; }
}

megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f", bytes / 1e6 }'; }
size() { docker image inspect --format '{{.Size}}' "$1" 2>/dev/null || { docker pull --quiet "$1" >/dev/null && docker image inspect --format '{{.Size}}' "$1"; }; }

# What our own files add, in bytes of 10^6: neither the operating system nor the JRE or Nginx.
sizes() {
  local jre own
  jre=$(docker history --no-trunc --human=false --format '{{.Size}} {{.CreatedBy}}' "$backend" | awk '/\/opt\/java\/openjdk \/opt/ { print $1 }')
  own=$(($(size "$backend") - $(size debian:trixie-slim) - jre))
  echo "backend: $(megabytes "$(size "$backend")") MB, own layers $(megabytes "$own") MB (under 250)"
  docker history --format '{{.Size}}\t{{.CreatedBy}}' "$backend" | awk -F'\t' '/^[0-9.]+[kM]B/ && /COPY/' | cut -c1-90
  ((own < 250000000)) || return 1
  own=$(($(size "$frontend") - $(size nginx:1.29)))
  echo "frontend: $(megabytes "$(size "$frontend")") MB, own layers $(megabytes "$own") MB (under 15)"
  ((own < 15000000))
}

# A previous release with one asset of its own and one that it carried itself; then one more release.
carried_over() {
  local asset=usr/share/nginx/html/assets
  mkdir -p "$scratch/previous/$asset" "$scratch/previous/usr/share/tealdesk"
  echo 'previous' >"$scratch/previous/$asset/previous-11111111.js"
  echo 'older' >"$scratch/previous/$asset/older-00000000.js"
  echo assets/previous-11111111.js >"$scratch/previous/usr/share/tealdesk/assets.txt"
  printf 'FROM scratch\nCOPY . /\n' | docker build --quiet --tag "tealdesk-previous:$$" --file - "$scratch/previous" >/dev/null
  build Dockerfile.frontend "tealdesk-second:$$" --build-arg "PREVIOUS_IMAGE=tealdesk-previous:$$" || return 1
  build Dockerfile.frontend "tealdesk-third:$$" --build-arg "PREVIOUS_IMAGE=tealdesk-second:$$" || return 1
  in_release second "test -f /$asset/previous-11111111.js && test ! -e /$asset/older-00000000.js" || return 1
  in_release third "test ! -e /$asset/previous-11111111.js" || return 1
  echo "The previous release's assets are there, older ones are not."
}
in_release() { docker run --rm --network none --entrypoint bash "tealdesk-$1:$$" -c "$2"; }

part "build the backend's image" build Dockerfile.backend "$backend" --build-arg "RELEASE=$tag"
part "build the frontend's image" build Dockerfile.frontend "$frontend" --build-arg "RELEASE=$tag"
part "sizes" sizes
part "the frontend's image" infra/images/check-frontend.sh "$frontend"
part "assets of the previous release" carried_over
part "the backend's image" infra/images/check-backend.sh "$backend"
part "start with and without the AOT cache" infra/images/measure-start.sh "$backend" "${PAIRS:-3}"
[[ $failures -eq 0 ]]
