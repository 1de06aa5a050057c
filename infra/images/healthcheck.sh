#!/usr/bin/env bash
# The containers' health command. Bash speaks TCP itself, so neither image needs curl for it.
set -euo pipefail

if [[ $# -ne 0 || -z ${HEALTH_PORT:-} || -z ${HEALTH_PATH:-} ]]; then
  echo "Takes no arguments; HEALTH_PORT and HEALTH_PATH say what has to answer 200." >&2
  exit 2
fi
exec 3<>"/dev/tcp/127.0.0.1/$HEALTH_PORT"
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$HEALTH_PATH" >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]
