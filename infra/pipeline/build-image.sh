#!/usr/bin/env bash
# Builds the image of one service as REPOSITORY_URI:RELEASE. Tags are immutable: where the registry already has this
# commit's image, that one is taken, so that a release can be repeated.
set -euo pipefail
cd "$(dirname "$0")/../.."

service=${1:-}
if [[ ! $service =~ ^(backend|frontend)$ ]]; then
  echo "usage: REPOSITORY_URI=… RELEASE=<commit> [PREVIOUS_IMAGE=…] build-image.sh backend|frontend" >&2
  exit 2
fi
: "${REPOSITORY_URI:?}" "${RELEASE:?}"
if [[ ! $RELEASE =~ ^[0-9a-f]{7,40}$ ]]; then
  echo "build-image.sh: RELEASE is not a commit id: $RELEASE" >&2
  exit 2
fi
image=$REPOSITORY_URI:$RELEASE

# shellcheck source=infra/pipeline/in-registry.sh
source infra/pipeline/in-registry.sh
if in_registry "$image"; then
  echo "$image is in the registry already and is used again."
  exit 0
fi

arguments=(--build-arg "RELEASE=$RELEASE")
if [ "$service" = frontend ] && [ -n "${PREVIOUS_IMAGE:-}" ]; then
  echo "Carries over the assets of $PREVIOUS_IMAGE"
  arguments+=(--build-arg "PREVIOUS_IMAGE=$PREVIOUS_IMAGE")
fi
# Without attestations: they make the pushed thing an index, whose digest the registry's scan knows nothing of.
DOCKER_BUILDKIT=1 BUILDX_NO_DEFAULT_ATTESTATIONS=1 \
  docker build --file "Dockerfile.$service" --tag "$image" "${arguments[@]}" .
