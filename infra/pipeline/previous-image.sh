#!/usr/bin/env bash
# Prints the frontend's image that is live now: its assets are carried over into the next one, because pages that are
# open in browsers go on asking for them. Prints nothing before the first release.
set -euo pipefail

if [ "${1:-}" = -h ] || [ $# -ne 0 ]; then
  echo "usage: CLUSTER_NAME=… FRONTEND_SERVICE_NAME=… REPOSITORY_URI=… previous-image.sh" >&2
  exit 2
fi
: "${CLUSTER_NAME:?}" "${FRONTEND_SERVICE_NAME:?}" "${REPOSITORY_URI:?}"

# The primary task set, not the service: its own taskDefinition is the one it was created with.
revision=$(aws ecs describe-services --cluster "$CLUSTER_NAME" --services "$FRONTEND_SERVICE_NAME" \
  --query "services[0].taskSets[?status=='PRIMARY'].taskDefinition | [0]" --output text)
if [ -z "$revision" ] || [ "$revision" = None ]; then
  echo "previous-image.sh: $FRONTEND_SERVICE_NAME has no primary task set." >&2
  exit 1
fi
image=$(aws ecs describe-task-definition --task-definition "$revision" \
  --query "taskDefinition.containerDefinitions[?name=='frontend'].image | [0]" --output text)
case $image in
  "$REPOSITORY_URI"[@:]*) echo "$image" ;;
  *) echo "previous-image.sh: $revision runs $image, which stands in until the first release." >&2 ;;
esac
