#!/usr/bin/env bash
# Runs every linter of the delivery's files, in the versions of lint-requirements.txt, and says at the end which failed.
# What AWS would refuse or regret: cfn-lint, checkov. Images: hadolint. Migrations: squawk. Scripts: shellcheck. YAML:
# yamllint. What two files have to agree about no linter knows: infra/RULES.md.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -gt 1 ] || [ "${1:-}" = -h ]; then
  echo "usage: infra/lint.sh [cfn-lint|checkov|hadolint|squawk|shellcheck|yamllint]" >&2
  exit 2
fi
only=${1:-}

# In the user's cache, by what is in it, so that only the first run after a change waits for the packages.
tools=${XDG_CACHE_HOME:-$HOME/.cache}/tealdesk-lint-$(cksum <infra/lint-requirements.txt | cut -d ' ' -f 1)
if [ ! -e "$tools/complete" ]; then
  echo "Installs the linters in $tools"
  rm -rf "$tools"
  python3 -m venv "$tools" || { echo "lint.sh needs Python 3 with its venv module (Debian: python3-venv)." >&2; exit 1; }
  "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement infra/lint-requirements.txt
  touch "$tools/complete"
fi
PATH=$tools/bin:$PATH

failed=()
# lint NAME COMMAND...: goes on after a failure, so that one run tells all.
lint() {
  [ -z "$only" ] || [ "$only" = "$1" ] || return 0
  echo "--- $1"
  "$@" || failed+=("$1")
}

mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
mapfile -t migrations < <(git ls-files 'backend/src/main/resources/db/migration/*.sql')
# Tables are empty when these run, so an index may be built with a lock. Every migration after them meets a live desk.
first_schema=V202611221004
old=() new=() concurrent=()
for migration in "${migrations[@]}"; do
  name=$(basename "$migration")
  if [ -f "$migration.conf" ]; then concurrent+=("$migration")
  elif [[ ${name%%__*} > $first_schema ]]; then new+=("$migration")
  else old+=("$migration"); fi
done
excluded=$(sed -n 's/^ *"\([a-z-]*\)".*/\1/p' .squawk.toml | paste -sd ,)

lint cfn-lint --regions eu-central-1 -- infra/cloudformation/*.yaml
lint checkov --directory infra/cloudformation --framework cloudformation --quiet --compact --skip-download
lint hadolint Dockerfile.backend Dockerfile.frontend
# A list on the command line replaces the one of .squawk.toml, hence both.
lint squawk "--exclude=$excluded,require-concurrent-index-creation" "${old[@]}"
[ ${#new[@]} -eq 0 ] || lint squawk "${new[@]}"
# Outside of a transaction. "if not exists" would take an index that was left invalid for a good one: they drop it first.
[ ${#concurrent[@]} -eq 0 ] ||
  lint squawk --no-assume-in-transaction "--exclude=$excluded,prefer-robust-stmts" "${concurrent[@]}"
lint shellcheck --external-sources "${scripts[@]}"
lint yamllint --strict --config-file infra/.yamllint.yml infra/cloudformation infra/pipeline ./*.y*ml frontend/*.y*ml

if [ ${#failed[@]} -gt 0 ]; then
  echo "Failed: ${failed[*]}" >&2
  exit 1
fi
