#!/usr/bin/env bash
# Whether the service stack of an environment may be updated now, and with which live colours.
# infra/preflight.sh <environment>, or see --help.
set -euo pipefail
exec "$(dirname "$0")/operator-tool.sh" preflight "$@"
