#!/usr/bin/env bash
# Holds the frontend's image against what is promised of it: hardened as on AWS, on port 80, with the right headers.
# shellcheck disable=SC2016 # what check runs by eval is to be expanded there
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: check-frontend.sh IMAGE" >&2
  exit 2
fi
image=$1
name=tealdesk-frontend-check-$$-$RANDOM
failures=0
trap 'docker rm --force "$name" >/dev/null 2>&1 || true' EXIT

check() {
  local what=$1
  shift
  if "$@"; then
    echo "ok    $what"
  else
    echo "FAIL  $what"
    failures=$((failures + 1))
  fi
}

docker run --detach --name "$name" --read-only --cap-drop ALL --security-opt no-new-privileges \
  --tmpfs /tmp --cpus 0.25 --memory 512m "$image" >/dev/null
address=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$name")
timeout 10 bash -c "until curl --silent --output /dev/null http://$address/healthz; do sleep 0.1; done"

# answer PATH [CURL ARGUMENTS]: status line and headers in small letters.
answer() {
  local path=$1
  shift
  curl --silent --path-as-is --dump-header - --output /dev/null "$@" "http://$address$path" | tr -d '\r' | tr '[:upper:]' '[:lower:]'
}
has() { grep -qE "$1" <<<"$headers"; }
lacks() { ! grep -qE "$1" <<<"$headers"; }
is_hardened() {
  has "^content-security-policy: default-src 'none'" && lacks unsafe && has '^x-content-type-options: nosniff' &&
    has '^x-frame-options: deny' && has '^referrer-policy: same-origin' && has '^permissions-policy: camera=' &&
    has '^cross-origin-opener-policy: same-origin' && has '^x-release: ' && has '^server: nginx$'
}

for path in / /tickets/10001 /portal/ask /sign-in; do
  headers=$(answer "$path")
  check "$path is the page and never cached" has '^cache-control: no-store$'
  check "$path says 200 and is HTML" eval "has '^http/1.1 200' && has '^content-type: text/html; charset=utf-8'"
  check "$path has all headers" is_hardened
done
for path in /assets/gone-12345678.js /assets /assets/ /api /api/v1/about /actuator/health /dev/mail /error /problems/x \
  /swagger-ui /v3/api-docs /gone.png /tickets.txt /assets/../../etc/passwd; do
  headers=$(answer "$path")
  check "$path is missing, not the page" eval "has '^http/1.1 40[04]' && has '^cache-control: no-store$'"
  check "$path has all headers" is_hardened
done
headers=$(answer / --request POST)
check "POST is refused with all headers" eval "has '^http/1.1 405' && is_hardened"
headers=$(answer / --header 'X-Forwarded-Proto: https')
check "HSTS where TLS is spoken" has '^strict-transport-security: max-age=31536000$'
headers=$(answer /)
check "no HSTS elsewhere" lacks '^strict-transport-security'

page=$(curl --silent "http://$address/")
check "no inline script or style in the page" eval '! grep -qiE "<style|style=|<script>|onload=" <<<"$page"'
mapfile -t assets < <(grep -oE '/assets/[A-Za-z0-9._-]+\.(js|css)' <<<"$page")
for asset in "${assets[@]}"; do
  headers=$(answer "$asset")
  check "$asset is immutable, with all headers" eval "has '^http/1.1 200' && has '^cache-control: public, max-age=31536000, immutable$' && is_hardened"
done
large=$(docker exec "$name" bash -c 'cd /usr/share/nginx/html && ls -S assets/*.js' | head -n 1)
headers=$(answer "/$large" --header 'Accept-Encoding: gzip')
compressed=$(docker exec "$name" stat --format %s "/usr/share/nginx/html/$large.gz")
check "/$large is sent as compressed in the build" eval "has '^content-encoding: gzip' && has '^content-length: $compressed\$' && has '^vary: accept-encoding'"
curl --silent --output /dev/null "http://$address/accept-invitation?token=do-not-log-me" --referer 'http://x/?token=do-not-log-me'
check "the log is JSON" eval 'docker logs "$name" 2>/dev/null | tail -n 1 | jq --exit-status ".status == 200 and .path == \"/accept-invitation\"" >/dev/null'
check "the log holds no tokens" eval '! docker logs "$name" 2>&1 | grep do-not-log-me'

check "not root" eval '[[ $(docker exec "$name" id -u) == 101 ]]'
check "nginx is process 1" eval '[[ $(docker exec "$name" cat /proc/1/comm) == nginx ]]'
check "nginx -t on the read-only disk" docker exec "$name" nginx -t -q
check "the health command" docker exec "$name" /app/healthcheck
check "an SBOM" eval 'docker exec "$name" cat /app/sbom.cdx.json | jq --exit-status ".bomFormat == \"CycloneDX\" and (.components | map(.name) | index(\"react\"))" >/dev/null'
docker stop --time 20 "$name" >/dev/null
check "ends by itself when stopped" eval '[[ $(docker inspect --format "{{.State.ExitCode}}" "$name") == 0 ]]'

[[ ${#assets[@]} -gt 0 && $failures -eq 0 ]]
