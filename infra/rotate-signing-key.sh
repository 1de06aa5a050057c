#!/usr/bin/env bash
# Replaces the key that signs access tokens while the desk runs; nobody is signed out. Adds a new key behind the old
# one, lets it sign once every task knows it, and drops the old one once its last token has expired. Takes a quarter of
# an hour. Stopped in the middle? Run it again: it goes on from where the secret stands.
set -euo pipefail

usage() {
  sed -n '2,4s/^# //p' "$0"
  echo "usage: infra/rotate-signing-key.sh ENVIRONMENT"
}
case ${1:-} in
  -h | --help) usage; exit 0 ;;
  "" | -*) usage >&2; exit 2 ;;
esac
[ $# -eq 1 ] || { usage >&2; exit 2; }

# Tasks read the secret every minute; an access token lives ten.
known_after=${SECONDS_UNTIL_KNOWN:-150}
expired_after=${SECONDS_UNTIL_EXPIRED:-780}

settings=$(cd "$(dirname "$0")" && pwd)/cloudformation/environments/$1.json
[ -f "$settings" ] || { echo "rotate-signing-key.sh: there is no $settings" >&2; exit 1; }
AWS_REGION=$(jq -r .Region "$settings")
export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION AWS_PAGER=
stack=$(jq -r --arg name "tealdesk-$1-data" '.StackNames.data // $name' "$settings")
secret=$(aws cloudformation describe-stacks --stack-name "$stack" --output text \
  --query "Stacks[0].Outputs[?OutputKey=='SigningKeysSecretArn'].OutputValue | [0]")

# The keys pass through a file that only we can read, never through an argument that others see in a list of processes.
umask 077
file=$(mktemp)
trap 'rm -f "$file"' EXIT

# CloudFormation makes a single key without a list.
read_keys() {
  aws secretsmanager get-secret-value --secret-id "$secret" --query SecretString --output text |
    jq 'if .keys then . else {keys: [{kid, secret}]} end' >"$file"
  kids=$(jq -r '[.keys[].kid] | join(", ")' "$file")
}

write_keys() {
  local changed
  changed=$(jq -c "$@" "$file")
  printf '%s' "$changed" >"$file"
  aws secretsmanager put-secret-value --secret-id "$secret" --secret-string "file://$file" >/dev/null
  read_keys
  echo "$(date -u +%H:%M:%S) keys, the first signs: $kids"
}

pause() {
  echo "$(date -u +%H:%M:%S) waiting $1 s: $2"
  sleep "$1"
}

read_keys
echo "keys, the first signs: $kids"
if [ "$(jq '.keys | length' "$file")" -eq 1 ]; then
  new=$(date -u +%Y%m%dT%H%M%SZ)
  # shellcheck disable=SC2016 # jq's variables
  write_keys --arg kid "$new" --rawfile bytes <(openssl rand -base64 48 | tr -d '\n') '.keys += [{$kid, secret: $bytes}]'
else
  # Kids are times; the one that CloudFormation made is older than any.
  new=$(jq -r '[.keys[].kid | select(test("^[0-9]"))] | max' "$file")
fi
if [ "$(jq -r '.keys[0].kid' "$file")" != "$new" ]; then
  pause "$known_after" "every task reads the new key"
  # shellcheck disable=SC2016 # jq's variables
  write_keys --arg kid "$new" '.keys |= (map(select(.kid == $kid)) + map(select(.kid != $kid)))'
fi
pause "$((known_after + expired_after))" "every task signs with it, and the last token of the old key expires"
# shellcheck disable=SC2016 # jq's variables
write_keys --arg kid "$new" '.keys |= map(select(.kid == $kid))'
echo "Done."
