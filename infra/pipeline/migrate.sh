#!/usr/bin/env bash
# Runs a mode of the backend's new image as a task of its own, before any of its tasks serves: `prepare-database`
# makes the database's roles, `migrate` brings the schema up to date. Waits for its end, prints its last log lines, and
# fails when it failed. The task is made from the backend's taskdef.json with another role and other secrets, so that
# what serves requests never holds the credentials that change the schema.
set -euo pipefail

usage() {
  sed -n '2,5s/^# //p' "$0" >&2
  echo "usage: migrate.sh prepare-database|migrate ARTIFACT   (ARTIFACT holds imageDetail.json and taskdef.json)" >&2
  exit 2
}
[ $# -eq 2 ] || usage
mode=$1
artifact=$2
: "${CLUSTER_NAME:?}" "${MIGRATION_TASK_FAMILY:?}" "${MIGRATION_LOG_GROUP:?}" "${SUBNETS:?}" "${SECURITY_GROUP:?}"
case $mode in
  prepare-database)
    role=${PREPARATION_TASK_ROLE_ARN:?}
    secrets=(TEALDESK_MASTER_SECRET TEALDESK_DATABASE_SECRET TEALDESK_MIGRATION_SECRET)
    ;;
  migrate)
    role=${MIGRATION_TASK_ROLE_ARN:?}
    secrets=(TEALDESK_MIGRATION_SECRET)
    ;;
  *) usage ;;
esac
timeout=${MIGRATION_TIMEOUT:-2700}
pause=${MIGRATION_PAUSE:-5}

environment=$(jq -ce '.containerDefinitions[0].environment
  | map(select(.name == "SPRING_PROFILES_ACTIVE" or .name == "AWS_REGION"))' "$artifact/taskdef.json")
for name in "${secrets[@]}"; do
  [ -n "${!name:-}" ] || { echo "migrate.sh: set $name" >&2; exit 1; }
  environment=$(jq -c --arg name "$name" --arg value "${!name}" '. + [{$name, $value}]' <<<"$environment")
done
# The container keeps image, user, limits and volumes; it has no port, is not health-checked, and logs elsewhere.
definition=$(jq -ce --slurpfile image "$artifact/imageDetail.json" --argjson environment "$environment" \
  --arg family "$MIGRATION_TASK_FAMILY" --arg role "$role" --arg group "$MIGRATION_LOG_GROUP" --arg mode "$mode" '
  .family = $family | .taskRoleArn = $role
  | .containerDefinitions[0] |= (.image = $image[0].ImageURI | .command = [$mode] | .environment = $environment
      | .logConfiguration.options["awslogs-group"] = $group
      | .logConfiguration.options["awslogs-stream-prefix"] = $mode
      | .logConfiguration.options.mode = "blocking" | del(.logConfiguration.options["max-buffer-size"])
      | del(.portMappings, .healthCheck))' "$artifact/taskdef.json")
container=$(jq -r '.containerDefinitions[0].name' <<<"$definition")

revision=$(aws ecs register-task-definition --cli-input-json "$definition" \
  --query taskDefinition.taskDefinitionArn --output text)
# Only this run may use it: the next one has another image.
trap 'aws ecs deregister-task-definition --task-definition "$revision" >/dev/null' EXIT

network=$(jq -cn --arg subnets "$SUBNETS" --arg group "$SECURITY_GROUP" \
  '{awsvpcConfiguration: {subnets: ($subnets | split(",")), securityGroups: [$group], assignPublicIp: "DISABLED"}}')
started=$(aws ecs run-task --cluster "$CLUSTER_NAME" --task-definition "$revision" --launch-type FARGATE --count 1 \
  --network-configuration "$network" --started-by "pipeline" --output json)
task=$(jq -r '.tasks[0].taskArn // empty' <<<"$started")
if [ -z "$task" ]; then
  echo "migrate.sh: no task was started: $(jq -c .failures <<<"$started")" >&2
  exit 1
fi
id=${task##*/}
echo "$mode runs as task $id"

print_log() {
  echo "--- the end of its log ($MIGRATION_LOG_GROUP, $mode/$container/$id)"
  aws logs get-log-events --log-group-name "$MIGRATION_LOG_GROUP" --log-stream-name "$mode/$container/$id" \
    --limit 200 --query 'events[].[message]' --output text 2>/dev/null || echo "(it wrote none)"
  echo "---"
}

deadline=$((SECONDS + timeout))
while :; do
  described=$(aws ecs describe-tasks --cluster "$CLUSTER_NAME" --tasks "$task" --query 'tasks[0]' --output json)
  [ "$(jq -r .lastStatus <<<"$described")" != STOPPED ] || break
  if [ "$SECONDS" -ge "$deadline" ]; then
    # A statement under way is rolled back with its transaction; the next release starts where this one ended.
    aws ecs stop-task --cluster "$CLUSTER_NAME" --task "$task" --reason "No end after $timeout s" >/dev/null
    print_log
    echo "migrate.sh: $mode did not end within $timeout s and was stopped." >&2
    exit 1
  fi
  sleep "$pause"
done

print_log
# Without an exit code the container never ran: no image, no memory, no address.
code=$(jq -r --arg name "$container" '[.containers[] | select(.name == $name) | .exitCode][0] // "none"' <<<"$described")
if [ "$code" != 0 ]; then
  reason=$(jq -r '[.stoppedReason, .containers[].reason] | map(select(. != null)) | join("; ")' <<<"$described")
  echo "migrate.sh: $mode failed with exit code $code ($reason). Nothing was released." >&2
  exit 1
fi
echo "$mode succeeded."
