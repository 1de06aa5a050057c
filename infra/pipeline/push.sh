#!/usr/bin/env bash
# Pushes REPOSITORY_URI:RELEASE and writes OUTPUT/imageDetail.json, which names the image by digest: what was tested and
# scanned is what runs, whatever becomes of the tag.
set -euo pipefail

if [ $# -ne 1 ] || [ "$1" = -h ]; then
  echo "usage: REPOSITORY_URI=… RELEASE=<commit> push.sh OUTPUT" >&2
  exit 2
fi
: "${REPOSITORY_URI:?}" "${RELEASE:?}"
output=$1

image=$REPOSITORY_URI:$RELEASE

# An immutable tag takes no second push.
# shellcheck source=infra/pipeline/in-registry.sh
source "$(dirname "$0")/in-registry.sh"
in_registry "$image" || docker push --quiet "$image"
reference=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$image" |
  grep --fixed-strings "$REPOSITORY_URI@sha256:" | head -n 1) ||
  { echo "push.sh: the registry gave $image no digest." >&2; exit 1; }
mkdir -p "$output"
# The name and the key are CodePipeline's; imagedefinitions.json belongs to rolling updates.
printf '{"ImageURI":"%s"}\n' "$reference" >"$output/imageDetail.json"
echo "$reference"
