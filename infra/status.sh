#!/usr/bin/env bash
# Which colour serves, and how far the last deployment of each service has come. infra/status.sh <environment>.
set -euo pipefail
exec "$(dirname "$0")/operator-tool.sh" status "$@"
