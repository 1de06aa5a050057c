#!/usr/bin/env bash
# Fetches official images from a mirror and gives them their usual names, so that builds and tests find them here.
# Docker Hub limits anonymous pulls by address, and CodeBuild shares its addresses with strangers; ECR Public has the
# same images (BASE_IMAGE_MIRROR=public.ecr.aws/docker/library). Without BASE_IMAGE_MIRROR it does nothing.
set -euo pipefail

if [ $# -eq 0 ] || [ "$1" = -h ]; then
  echo "usage: base-images.sh DOCKERFILE|IMAGE:TAG..." >&2
  exit 2
fi

# What a Dockerfile begins its stages from: neither an earlier stage nor a build argument.
base_images() {
  awk 'toupper($1) == "FROM" {
         image = $2 ~ /^--/ ? $3 : $2
         for (i = 3; i < NF; i++) if (toupper($i) == "AS") stages[$(i + 1)] = 1
         if (!(image in stages) && image !~ /\$/ && image != "scratch") print image
       }' "$1" | sort -u
}

images=()
for what in "$@"; do
  if [ -f "$what" ]; then
    mapfile -t -O "${#images[@]}" images < <(base_images "$what")
  elif [[ $what == *:* ]]; then
    images+=("$what")
  else
    echo "base-images.sh: neither a file nor an image with a tag: $what" >&2
    exit 2
  fi
done

if [ -z "${BASE_IMAGE_MIRROR:-}" ]; then
  echo "No BASE_IMAGE_MIRROR; left to Docker: ${images[*]}"
  exit 0
fi
for image in "${images[@]}"; do
  if [[ $image == */* ]]; then
    echo "$image is not an official image; left to Docker."
    continue
  fi
  docker pull --quiet "$BASE_IMAGE_MIRROR/$image"
  docker tag "$BASE_IMAGE_MIRROR/$image" "$image"
done
