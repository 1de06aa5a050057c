#!/usr/bin/env bash
# Tries the scripts of this folder, with right and with broken inputs: against a registry of its own (image registry:2)
# and against moto in place of AWS. Needs docker, jq, the AWS CLI and moto_server (pip install awscli 'moto[server]').
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d)
# Its own: one that a killed run left behind must not be in the way.
registry=tealdesk-script-tests-$$-$RANDOM
passed=0
failed=0
moto=""

finish() {
  docker rm --force "$registry" >/dev/null 2>&1
  docker images --format '{{.Repository}}:{{.Tag}}' | grep '^127.0.0.1:[0-9]*/script-tests' |
    xargs --no-run-if-empty docker rmi --force >/dev/null 2>&1
  [ -z "$moto" ] || kill "$moto" 2>/dev/null
  rm -rf "$scratch"
}
trap finish EXIT

# expect NAME EXIT_CODE TEXT COMMAND...: the command ends so and says so.
expect() {
  local name=$1 code=$2 text=$3 output actual=0
  shift 3
  output=$("$@" 2>&1 </dev/null) || actual=$?
  if [ "$actual" -eq "$code" ] && [[ $output == *"$text"* ]]; then
    passed=$((passed + 1))
    echo "ok      $name"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s: exit %s (expected %s), expected text: %s\n%s\n' "$name" "$actual" "$code" "$text" "$output" | sed '2,$s/^/        /'
  fi
}

# ---------------------------------------------------------------- render.sh
digest=sha256:$(printf 'a%.0s' {1..64})
export AWS_REGION=eu-west-1 BACKEND_TASK_FAMILY=tealdesk-test-service-backend BACKEND_LOG_GROUP=/tealdesk/backend \
  BACKEND_EXECUTION_ROLE_ARN=arn:aws:iam::123456789012:role/e BACKEND_TASK_ROLE_ARN=arn:aws:iam::123456789012:role/t \
  FRONTEND_TASK_FAMILY=tealdesk-test-service-frontend FRONTEND_LOG_GROUP=/tealdesk/frontend \
  FRONTEND_EXECUTION_ROLE_ARN=arn:aws:iam::123456789012:role/e FRONTEND_TASK_ROLE_ARN=arn:aws:iam::123456789012:role/t \
  SMOKE_TEST_FUNCTION=tealdesk-test-SmokeTest TEALDESK_BASE_URL=https://desk.example.com SMTP_HOST=mail.example.com \
  TEALDESK_MAIL_FROM='Tealdesk "Desk" <desk@example.com>' SMTP_PORT=587 TEALDESK_FILES_BUCKET=files TEALDESK_SMTP_SECRET=''
for secret in DATABASE SIGNING_KEYS FIRST_ADMINISTRATOR SYNTHETIC_CUSTOMER; do
  export "TEALDESK_${secret}_SECRET=arn:aws:secretsmanager:eu-west-1:123456789012:secret:$secret-AbCdEf"
done

# a_copy NAME [SED_EXPRESSION FILE]: templates to break.
a_copy() {
  mkdir -p "$scratch/$1"
  cp appspec.yaml taskdef.json "$scratch/$1"
  [ $# -eq 1 ] || sed -i "$2" "$scratch/$1/$3"
}
# render TEMPLATES SERVICE [NAME=VALUE|-u NAME]...
render() {
  local templates=$1 service=$2 output=$scratch/out
  shift 2
  rm -rf "$output"
  mkdir -p "$output"
  echo "{\"ImageURI\":\"123456789012.dkr.ecr.eu-west-1.amazonaws.com/backend@$digest\"}" >"$output/imageDetail.json"
  env ${templates:+TEMPLATES="$scratch/$templates"} "$@" bash infra/pipeline/render.sh "$service" "$output" &&
    cat "$output/taskdef.json" "$output/appspec.yaml"
}

expect "backend is rendered" 0 'TaskDefinition: <TASK_DEFINITION>' render "" backend
expect "frontend is rendered" 0 'ContainerPort: 80' render "" frontend
expect "a sender with quotes and brackets survives" 0 '"Tealdesk \"Desk\" <desk@example.com>"' render "" backend
expect "CodePipeline's image placeholder stays" 0 '"image": "<IMAGE1_NAME>"' render "" backend
expect "the hook's name is filled" 0 'AfterAllowTestTraffic: tealdesk-test-SmokeTest' render "" backend
expect "no other placeholder is left" 0 'left: IMAGE1_NAME TASK_DEFINITION' bash -c "echo left: \$(grep -ohE '<[A-Z][A-Z0-9_]*>' $scratch/out/* | tr -d '<>' | sort -u)"
expect "an empty optional variable leaves no entry" 1 0 grep -c TEALDESK_SMTP_SECRET "$scratch/out/taskdef.json"
expect "an unset variable is refused" 1 '<TEALDESK_FILES_BUCKET> has no value' render "" backend -u TEALDESK_FILES_BUCKET
expect "an empty variable is refused" 1 'TEALDESK_DATABASE_SECRET is empty' render "" backend TEALDESK_DATABASE_SECRET=
expect "a value that is a placeholder itself is refused" 1 'BACKEND_LOG_GROUP has a character' render "" backend 'BACKEND_LOG_GROUP=<group>'
expect "a value that would break out of YAML is refused" 1 'SMOKE_TEST_FUNCTION has a character' render "" backend $'SMOKE_TEST_FUNCTION=a\nb: c'
a_copy unknown 's/<SMTP_HOST>/<NOBODY_KNOWS_THIS>/' taskdef.json
expect "an unknown placeholder is refused" 1 '<NOBODY_KNOWS_THIS> has no value' render unknown backend
a_copy lower 's/<SMTP_HOST>/<smtp host>/' taskdef.json
expect "a placeholder that is no name is refused" 1 "<smtp host> is not a placeholder's name" render lower backend
a_copy noimage 's/<IMAGE1_NAME>/nginx/' taskdef.json
expect "a fixed image is refused" 1 'exactly one container' render noimage backend
a_copy fixed 's/<TASK_DEFINITION>/arn:aws:x/' appspec.yaml
expect "a fixed task definition is refused" 1 'TaskDefinition: <TASK_DEFINITION>' render fixed backend
a_copy port 's/ContainerPort: 3000/ContainerPort: 3001/' appspec.yaml
expect "a port that the container lacks is refused" 1 'no container "backend" with port "3001"' render port backend
a_copy name 's/ContainerName: backend/ContainerName: api/' appspec.yaml
expect "a container that is not there is refused" 1 'no container "api"' render name backend
a_copy json 's/"cpu": "512",/"cpu": /' taskdef.json
expect "broken JSON is refused" 1 'taskdef.json is not JSON' render json backend
expect "a missing template is refused" 1 'taskdef.json is missing' render nowhere backend
expect "an image by tag is refused" 1 'no ImageURI with a digest' bash -c "echo '{\"ImageURI\":\"x:latest\"}' >$scratch/out/imageDetail.json; bash infra/pipeline/render.sh backend $scratch/out"
expect "a large artifact is refused" 1 'only three small files' bash -c "echo '{\"ImageURI\":\"x@$digest\"}' >$scratch/out/imageDetail.json; head -c 1000000 /dev/zero >$scratch/out/more; bash infra/pipeline/render.sh backend $scratch/out; c=\$?; ls $scratch/out; exit \$c"
expect "a refusal leaves nothing to deploy" 1 '' test -e "$scratch/out/taskdef.json"
expect "a wrong service is refused" 2 'usage' bash infra/pipeline/render.sh other "$scratch/out"

# ---------------------------------------------------------------- base-images.sh
# shellcheck disable=SC2016 # the Dockerfile's own variables
printf 'FROM node:24-slim AS build\nFROM ${X} AS previous\nFROM build AS again\nFROM --platform=linux/amd64 nginx:1.29\n' >"$scratch/Dockerfile"
expect "base images are found" 0 'left to Docker: nginx:1.29 node:24-slim postgres:18' bash infra/pipeline/base-images.sh "$scratch/Dockerfile" postgres:18
expect "an image without tag is refused" 2 'neither a file nor an image' bash infra/pipeline/base-images.sh postgres

# ---------------------------------------------------------------- build-image.sh and push.sh, against a registry
docker run --detach --name "$registry" --publish 127.0.0.1::5000 registry:2 >/dev/null || exit
host=$(docker port "$registry" 5000/tcp | head -n 1)
for _ in $(seq 50); do curl -fs "http://$host/v2/" >/dev/null && break; sleep 0.2; done
export RELEASE=0123456789abcdef0123456789abcdef01234567
mkdir -p "$scratch/tree/infra"
cp -r infra/pipeline "$scratch/tree/infra/"
# shellcheck disable=SC2016 # docker expands it
printf 'FROM nginx:1.29\nARG RELEASE\nARG PREVIOUS_IMAGE=none\nLABEL release=$RELEASE previous=$PREVIOUS_IMAGE\n' | tee "$scratch/tree/Dockerfile.frontend" >"$scratch/tree/Dockerfile.backend"
run() { env "REPOSITORY_URI=$host/script-tests" "${@:2}" bash -c "cd '$scratch/tree' && bash infra/pipeline/$1"; }

expect "no sign-in elsewhere than ECR" 0 'no sign-in' bash infra/pipeline/sign-in.sh "$host/script-tests"
expect "an image is built" 0 '' run "build-image.sh frontend"
expect "and pushed by digest" 0 "$host/script-tests@sha256:" run "push.sh $scratch/out2"
expect "imageDetail.json names it" 0 "\"ImageURI\":\"$host/script-tests@sha256:" cat "$scratch/out2/imageDetail.json"
first=$(cat "$scratch/out2/imageDetail.json")
docker rmi --force "$host/script-tests:$RELEASE" >/dev/null
echo 'LABEL changed=1' >>"$scratch/tree/Dockerfile.frontend"
expect "the same commit is not tested twice" 0 'has passed before' run "test.sh frontend"
expect "but reported" 0 'skipped="1"' cat "$scratch/tree/frontend/target/vitest-report.xml"
expect "the same commit is not built twice" 0 'is used again' run "build-image.sh frontend"
expect "nor pushed twice" 0 "$host/script-tests@sha256:" run "push.sh $scratch/out2"
expect "and keeps its digest" 0 "$first" cat "$scratch/out2/imageDetail.json"
other=fedcba9876543210fedcba9876543210fedcba98
expect "the previous release's image is given on" 0 "assets of $host/script-tests@" run "build-image.sh frontend" RELEASE=$other "PREVIOUS_IMAGE=$(jq -r .ImageURI <<<"$first")"
expect "as a build argument" 0 "$host/script-tests@sha256" docker image inspect --format '{{.Config.Labels.previous}}' "$host/script-tests:$other"
expect "the backend has none" 0 '' run "build-image.sh backend" "REPOSITORY_URI=$host/script-tests-backend" "PREVIOUS_IMAGE=x"
expect "its label says so" 0 'none' docker image inspect --format '{{.Config.Labels.previous}}' "$host/script-tests-backend:$RELEASE"
expect "a release that is no commit is refused" 2 'not a commit id' run "build-image.sh frontend" RELEASE=latest
expect "a registry that does not answer is no missing image" 1 '' run "build-image.sh frontend" REPOSITORY_URI=127.0.0.1:9/script-tests
expect "nothing to push fails" 1 '' run "push.sh $scratch/out3" RELEASE=abcdef0
expect "and writes nothing" 1 '' test -e "$scratch/out3/imageDetail.json"

# ---------------------------------------------------------------- what calls AWS, against moto
port=$((20000 + RANDOM % 10000))
moto_server --host 127.0.0.1 --port "$port" >"$scratch/moto.log" 2>&1 &
moto=$!
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=eu-west-1
export AWS_MAX_ATTEMPTS=1
for _ in $(seq 100); do curl -fs -o /dev/null "$AWS_ENDPOINT_URL/moto-api/" && break; sleep 0.2; done

# previous-image.sh
repository=123456789012.dkr.ecr.eu-west-1.amazonaws.com/frontend
task_definition() {
  aws ecs register-task-definition --family frontend --query taskDefinition.taskDefinitionArn --output text \
    --container-definitions "[{\"name\":\"frontend\",\"image\":\"$1\",\"memory\":512}]"
}
release_task_set() {
  local set
  set=$(aws ecs create-task-set --cluster desk --service frontend --task-definition "$1" --query taskSet.taskSetArn --output text)
  aws ecs update-service-primary-task-set --cluster desk --service frontend --primary-task-set "$set" >/dev/null
}
previous() { CLUSTER_NAME=desk FRONTEND_SERVICE_NAME=${1:-frontend} REPOSITORY_URI=$repository bash infra/pipeline/previous-image.sh; }
aws ecs create-cluster --cluster-name desk >/dev/null
bootstrap=$(task_definition public.ecr.aws/docker/library/nginx:1.29)
aws ecs create-service --cluster desk --service-name frontend --task-definition frontend --desired-count 1 --deployment-controller type=CODE_DEPLOY >/dev/null
expect "a service without primary task set is told" 1 'no primary task set' previous
expect "a service that is not there is told" 1 'no primary task set' previous nothing
release_task_set "$bootstrap"
expect "the stand-in is no previous release" 0 'stands in until the first release' previous
expect "and nothing is printed for it" 0 '[]' bash -c "$(declare -f previous); repository=$repository; echo \"[\$(previous 2>/dev/null)]\""
first=$(task_definition "$repository@$digest")
task_definition "$repository@sha256:newer-but-not-live" >/dev/null
release_task_set "$first"
expect "the live image is found, not the newest" 0 "$repository@$digest" previous

# scan.sh
aws ecr create-repository --repository-name scanned >/dev/null
scanned=$(aws ecr put-image --repository-name scanned --image-tag a --query image.imageId.imageDigest --output text \
  --image-manifest '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"digest":"sha256:a"},"layers":[]}')
mkdir -p "$scratch/scan"
scan() {
  echo "{\"ImageURI\":\"123456789012.dkr.ecr.eu-west-1.amazonaws.com/${REPOSITORY:-scanned}@$scanned\"}" >"$scratch/scan/imageDetail.json"
  SCAN_PAUSE=0.2 bash infra/pipeline/scan.sh "$scratch/scan"
}
SCAN_TIMEOUT=1 expect "a scan that never starts is told" 1 'no result after 1 s' scan
aws ecr start-image-scan --repository-name scanned --image-id "imageDigest=$scanned" >/dev/null
expect "a high finding is no critical one" 0 '{"HIGH":1}' scan
SCAN_FAIL_ON='CRITICAL HIGH' expect "it stops a release that asks for it" 1 'not released: findings of severity CRITICAL HIGH' scan
name=$(aws ecr describe-image-scan-findings --repository-name scanned --image-id "imageDigest=$scanned" --query 'imageScanFindings.findings[0].name' --output text)
echo "$name 2999-12-31 nothing calls it" >"$scratch/accepted"
printf '%s 2020-12-31 nothing called it\n%s0 2999-12-31 another one\n' "$name" "$name" >"$scratch/accepted-once"
SCAN_ACCEPTED=$scratch/accepted SCAN_FAIL_ON=HIGH expect "an accepted finding does not" 0 "accepted: $name" scan
SCAN_ACCEPTED=$scratch/accepted-once SCAN_FAIL_ON=HIGH expect "but does again when its time is over" 1 "$name" scan
REPOSITORY=nothing expect "another error is no missing scan" 1 'RepositoryNotFoundException' scan
expect "an image by tag is not scanned" 1 'not an image in ECR by digest' bash -c "echo '{\"ImageURI\":\"x:1\"}' >$scratch/scan/imageDetail.json; bash infra/pipeline/scan.sh $scratch/scan"

# migrate.sh: moto starts no Fargate task, so what concerns tasks is answered here, after the real client has checked
# the arguments.
mkdir -p "$scratch/bin" "$scratch/answers" "$scratch/artifact"
cat >"$scratch/bin/aws" <<STAND_IN
#!/usr/bin/env bash
case "\$1 \$2" in
  "ecs run-task" | "ecs describe-tasks" | "ecs stop-task" | "logs get-log-events")
    $(command -v aws) "\$@" --generate-cli-skeleton output >/dev/null || exit
    echo "\$*" >>$scratch/answers/calls
    cat "$scratch/answers/\$2" 2>/dev/null || true ;;
  *) exec $(command -v aws) "\$@" ;;
esac
STAND_IN
chmod +x "$scratch/bin/aws"
render "" backend >/dev/null
cp "$scratch/out/"* "$scratch/artifact/"
# migrate MODE DESCRIBED_TASK [NAME=VALUE]...
migrate() {
  echo '{"tasks":[{"taskArn":"arn:aws:ecs:eu-west-1:123456789012:task/desk/0123abcd"}],"failures":[]}' >"$scratch/answers/run-task"
  echo "$2" >"$scratch/answers/describe-tasks"
  echo 'Successfully applied 3 migrations' >"$scratch/answers/get-log-events"
  [ -z "${RUN_TASK:-}" ] || echo "$RUN_TASK" >"$scratch/answers/run-task"
  : >"$scratch/answers/calls"
  export TEALDESK_MIGRATION_SECRET=arn:m
  env "${@:3}" PATH="$scratch/bin:$PATH" CLUSTER_NAME=desk MIGRATION_TASK_FAMILY=desk-migration MIGRATION_LOG_GROUP=/desk/migration \
    MIGRATION_PAUSE=0.2 SUBNETS=subnet-1,subnet-2 SECURITY_GROUP=sg-1 MIGRATION_TASK_ROLE_ARN=arn:aws:iam::123456789012:role/migration \
    PREPARATION_TASK_ROLE_ARN=arn:aws:iam::123456789012:role/preparation TEALDESK_MASTER_SECRET=arn:master TEALDESK_DATABASE_SECRET=arn:d \
    bash infra/pipeline/migrate.sh "$1" "$scratch/artifact"
}
registered() {
  aws ecs list-task-definitions --family-prefix desk-migration --status INACTIVE --output json |
    jq -r '.taskDefinitionArns | max_by(split(":")[-1] | tonumber)' |
    xargs -I{} aws ecs describe-task-definition --task-definition {} --query taskDefinition --output json |
    jq -r "$1"
}
stopped='{"lastStatus":"STOPPED","stoppedReason":"Essential container in task exited","containers":[{"name":"backend","exitCode":0}]}'
expect "a migration succeeds" 0 'migrate succeeded' migrate migrate "$stopped"
expect "its log is shown" 0 'applied 3 migrations' migrate migrate "$stopped"
expect "in private subnets without an address" 0 '"assignPublicIp":"DISABLED"' cat "$scratch/answers/calls"
expect "with the new image" 0 "backend@$digest" registered '.containerDefinitions[0].image'
expect "and the mode as its argument" 0 '["migrate"]' registered '.containerDefinitions[0].command | tojson'
expect "with its own role" 0 'role/migration' registered .taskRoleArn
expect "with no secret but its own" 0 'AWS_REGION SPRING_PROFILES_ACTIVE TEALDESK_MIGRATION_SECRET' registered '[.containerDefinitions[0].environment[].name] | sort | join(" ")'
expect "as strictly confined as the backend" 0 'true 10001:10001 ALL' registered '.containerDefinitions[0] | "\(.readonlyRootFilesystem) \(.user) \(.linuxParameters.capabilities.drop[0])"'
expect "the revision is not kept" 0 'None' aws ecs list-task-definitions --family-prefix desk-migration --status ACTIVE --query 'taskDefinitionArns[0]' --output text
expect "the database is prepared with the master's secret" 0 'prepare-database succeeded' migrate prepare-database "$stopped"
expect "by a role of its own" 0 'role/preparation' registered .taskRoleArn
expect "a failed migration fails" 1 'exit code 1' migrate migrate "${stopped/:0/:1}"
expect "a task that never ran fails" 1 'exit code none (CannotPullContainerError' migrate migrate '{"lastStatus":"STOPPED","stoppedReason":"CannotPullContainerError: x","containers":[{"name":"backend"}]}'
RUN_TASK='{"tasks":[],"failures":[{"reason":"RESOURCE:MEMORY"}]}' expect "a task that is not started fails" 1 'RESOURCE:MEMORY' migrate migrate "$stopped"
expect "one that does not end is stopped" 1 'did not end within 1 s' migrate migrate '{"lastStatus":"RUNNING"}' MIGRATION_TIMEOUT=1
expect "by ECS" 0 'ecs stop-task' cat "$scratch/answers/calls"
expect "a missing secret is told" 1 'set TEALDESK_MIGRATION_SECRET' migrate migrate "$stopped" -u TEALDESK_MIGRATION_SECRET
expect "an unknown mode is refused" 2 'usage' migrate other "$stopped"

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
