#!/usr/bin/env bash
# Signs the Docker client in to the registry of an ECR repository. Does nothing for any other registry, so that the
# scripts of this folder can be tried against one on this machine.
set -euo pipefail

if [ $# -ne 1 ] || [ "$1" = -h ]; then
  echo "usage: sign-in.sh REPOSITORY_URI" >&2
  exit 2
fi
registry=${1%%/*}
if [[ ! $registry =~ ^[0-9]+\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$ ]]; then
  echo "$registry is not ECR: no sign-in."
  exit 0
fi
aws ecr get-login-password --region "${BASH_REMATCH[1]}" | docker login --username AWS --password-stdin "$registry"
