#!/usr/bin/env bash
# Writes OUTPUT/taskdef.json and OUTPUT/appspec.yaml from a service's templates: each <NAME> becomes the value of the
# environment variable NAME, except the two that CodePipeline fills. Refuses what would only fail in the middle of a
# deployment: a placeholder without a value, an image without digest, files that disagree, an artifact too large.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

usage() {
  echo "usage: NAME=value… render.sh backend|frontend OUTPUT   (OUTPUT holds imageDetail.json, see push.sh)" >&2
  exit 2
}
[ $# -eq 2 ] || usage
case $1 in
  backend) templates=${TEMPLATES:-$root} ;;
  frontend) templates=${TEMPLATES:-$root/frontend} ;;
  *) usage ;;
esac
output=$2
mkdir -p "$output"
problems=0
problem() {
  echo "render.sh: $*" >&2
  problems=$((problems + 1))
}
finish() {
  [ "$problems" -eq 0 ] || { rm -f "$output/taskdef.json" "$output/appspec.yaml"; exit 1; }
}

# CodePipeline's own: the names are fixed by it and by Image1ContainerName in pipeline.yaml.
filled_by_pipeline='^(IMAGE1_NAME|TASK_DEFINITION)$'
# Would break out of the YAML they stand in, or are a placeholder that somebody filled in by hand.
unsafe="[<>\"'\\\\]|[[:cntrl:]]"
# May be empty: a mail server that wants no sign-in has no secret.
may_be_empty='^TEALDESK_SMTP_SECRET$'

for file in taskdef.json appspec.yaml; do
  [ -f "$templates/$file" ] || { problem "$templates/$file is missing"; continue; }
  # Comments talk about placeholders; they are not meant.
  while read -r name; do
    if [[ $name =~ $filled_by_pipeline ]]; then
      continue
    elif [[ ! $name =~ ^[A-Z][A-Z0-9_]*$ ]]; then
      problem "$file: <$name> is not a placeholder's name"
    elif [ -z "${!name+set}" ]; then
      problem "$file: <$name> has no value: set $name"
    elif [ -z "${!name}" ] && [[ ! $name =~ $may_be_empty ]]; then
      problem "$file: $name is empty"
    elif [[ ${!name} =~ $unsafe && $name != TEALDESK_MAIL_FROM ]]; then
      problem "$file: $name has a character that no such value has"
    fi
  done < <(grep -v '^ *#' "$templates/$file" | grep -o '<[^<>]*>' | tr -d '<>' | sort -u)
done
finish

# A variable that is empty on purpose leaves no entry behind, instead of one with an empty value.
jq 'def filled: gsub("<(?<name>[A-Z][A-Z0-9_]*)>"; if .name == "IMAGE1_NAME" then "<IMAGE1_NAME>" else $ENV[.name] end);
    walk(if type == "string" then filled else . end)
    | .containerDefinitions[] |= (if .environment then .environment |= map(select(.value != "")) else . end)' \
  "$templates/taskdef.json" >"$output/taskdef.json" || problem "taskdef.json is not JSON"
finish

appspec=$(grep -v '^ *#' "$templates/appspec.yaml")
while read -r name; do
  [[ $name =~ $filled_by_pipeline ]] || appspec=${appspec//"<$name>"/"${!name}"}
done < <(grep -o '<[^<>]*>' <<<"$appspec" | tr -d '<>' | sort -u)
printf '%s\n' "$appspec" >"$output/appspec.yaml"

# ---------------------------------------------------------------- what AWS would find out later
jq -e '[.containerDefinitions[] | select(.image == "<IMAGE1_NAME>")] | length == 1' "$output/taskdef.json" >/dev/null ||
  problem 'taskdef.json: exactly one container has to have the image "<IMAGE1_NAME>"'
[ "$(grep -c 'TaskDefinition: *<TASK_DEFINITION>$' "$output/appspec.yaml")" = 1 ] ||
  problem 'appspec.yaml: needs one line "TaskDefinition: <TASK_DEFINITION>"'
container=$(sed -n 's/^ *ContainerName: *//p' "$output/appspec.yaml")
port=$(sed -n 's/^ *ContainerPort: *//p' "$output/appspec.yaml")
jq -e --arg name "$container" --arg port "$port" '[.containerDefinitions[] | select(.name == $name)
    | .portMappings[]? | select((.containerPort | tostring) == $port)] | length == 1' "$output/taskdef.json" >/dev/null ||
  problem "appspec.yaml: taskdef.json has no container \"$container\" with port \"$port\""
jq -e '.ImageURI | test("@sha256:[0-9a-f]{64}$")' "$output/imageDetail.json" >/dev/null 2>&1 ||
  problem "$output/imageDetail.json: no ImageURI with a digest"
# CodePipeline refuses more than 3 MB, and says then that it cannot read the file.
size=$(du --summarize --bytes "$output" | cut -f 1)
[ "$size" -lt 1000000 ] || problem "$output has $size bytes; only three small files belong there"
finish
echo "$output: $(cd "$output" && ls -m)"
