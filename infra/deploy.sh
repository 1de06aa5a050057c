#!/usr/bin/env bash
# Creates or updates the stacks of one environment, in order. Run it again at any time: what has not changed stays as it
# is. Shows the changes of each stack and asks before it makes them; refuses those that would replace or delete what
# must not go. Before an update of the service stack the preflight reads which colours are live.
set -euo pipefail
shopt -s inherit_errexit # since bash 4.4

usage() {
  sed -n '2,4s/^# //p' "$0"
  cat <<'USAGE'

usage: infra/deploy.sh [--yes] ENVIRONMENT [STACK...]
  --yes        make the changes without asking (a terminal is needed otherwise)
  ENVIRONMENT  a file in infra/cloudformation/environments: staging, production
  STACK        network data registry service pipeline observability; without any, all of them

Needs bash 4.4, aws (version 2, signed in), jq, and for the service stack a JDK 25 and Maven.
USAGE
}

fail() {
  echo "deploy.sh: $*" >&2
  exit 1
}

root=$(cd "$(dirname "$0")/.." && pwd)
templates=$root/infra/cloudformation
order=(network data registry service pipeline observability)
# The parents whose exports each template imports.
declare -A parents=(
  [network]="" [data]="network" [registry]="" [service]="network data registry"
  [pipeline]="network data registry service" [observability]="data service"
)

confirmed=
chosen=()
environment=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --yes) confirmed=yes ;;
    -*) usage >&2; exit 2 ;;
    *) if [ -z "$environment" ]; then environment=$1; else chosen+=("$1"); fi ;;
  esac
  shift
done
[ -n "$environment" ] || { usage >&2; exit 2; }
[ ${#chosen[@]} -gt 0 ] || chosen=("${order[@]}")
for stack in "${chosen[@]}"; do
  [ -n "${parents[$stack]+known}" ] || fail "there is no stack $stack (${order[*]})"
done
for tool in aws jq; do
  command -v "$tool" >/dev/null || fail "$tool is not installed"
done

settings=$templates/environments/$environment.json
[ -f "$settings" ] || fail "there is no $settings; copy that of another environment"
jq -e . "$settings" >/dev/null || fail "$settings is not JSON"
account=$(jq -r '.Account // ""' "$settings")
region=$(jq -r '.Region // ""' "$settings")
export AWS_REGION=$region AWS_DEFAULT_REGION=$region AWS_PAGER=

# ------------------------------------------------------------------------------------------- what the file has to say
is_chosen() { [[ " ${chosen[*]} " == *" $1 "* ]]; }

left=$(jq -r --args '
  [{Account, Region}, (.Stacks | to_entries[] | select(.key as $key | $ARGS.positional | index($key)) | .value)]
  | map(to_entries[]) | .[] | select(.value == null or (.value | tostring | test("^<.*>$")))
  | "  \(.key): \(.value)"' "${chosen[@]}" <"$settings")
[ -z "$left" ] || fail "fill these in, in $settings:
$left"

stack_name() {
  jq -r --arg stack "$1" --arg name "tealdesk-$environment-$1" '.StackNames[$stack] // $name' "$settings"
}

signed_in=$(aws sts get-caller-identity --query Account --output text) || fail "sign in to AWS first"
[ "$signed_in" = "$account" ] || fail "signed in to account $signed_in, but $environment is in $account"
echo "Tealdesk $environment: account $account, region $region, stacks: ${chosen[*]}"

# ------------------------------------------------------------------------------------------------------------- stacks
status_of() {
  aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>/dev/null ||
    echo NONE
}

output_of() {
  aws cloudformation describe-stacks --stack-name "$1" \
    --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue | [0]" --output text
}

# Prints a change set. Fails when it would take away what holds data or what CodeDeploy moves traffic with.
review() {
  local changes refused
  changes=$(aws cloudformation describe-change-set --change-set-name "$1" --query 'Changes[].ResourceChange' --output json) ||
    fail "the changes cannot be read"
  jq -r '.[] | "  \(.Action)\t\(.LogicalResourceId)\t\(.ResourceType)"
    + (if .Replacement == "True" then "\tREPLACED" elif .Replacement == "Conditional" then "\tperhaps replaced" else "" end)' \
    <<<"$changes" | column -t -s $'\t'
  refused=$(jq -r '.[]
    | select(.ResourceType | IN("AWS::RDS::DBInstance", "AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::KMS::Key",
        "AWS::ECR::Repository", "AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::ECS::Cluster", "AWS::ECS::Service",
        "AWS::CodeDeploy::DeploymentGroup", "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::ElasticLoadBalancingV2::ListenerRule"))
    | select(.Action == "Remove" or (.Action == "Modify"
        and (.Replacement == "True" or .ResourceType == "AWS::ECS::Service")))
    | "  \(.LogicalResourceId): \(if .Action == "Remove" then "would be removed"
        elif .Replacement == "True" then "would be replaced"
        else "ECS refuses any update of a service under CODE_DEPLOY" end)"' <<<"$changes")
  [ -z "$refused" ] || fail "these changes are not made by this script (infra/README.md says how to go about them):
$refused"
}

agree() {
  [ -z "$confirmed" ] || return 0
  [ -t 0 ] || fail "no terminal to ask on; look at the changes above and run again with --yes"
  local answer
  read -r -p "Make these changes to $1? [y/N] " answer
  [ "$answer" = y ] || fail "stopped; nothing was changed in $1"
}

# deploy STACK PARAMETER=VALUE...
deploy() {
  local stack=$1 name template before parent changeset output
  local -a overrides=() bucket=()
  shift
  name=$(stack_name "$stack")
  template=$templates/$stack.yaml
  before=$(status_of "$name")
  case $before in
    ROLLBACK_COMPLETE | ROLLBACK_FAILED | DELETE_FAILED)
      fail "$name is $before: its creation failed. Read why (aws cloudformation describe-stack-events --stack-name $name),
  then: aws cloudformation delete-stack --stack-name $name; what holds data is kept." ;;
    *_IN_PROGRESS)
      [ "$before" = REVIEW_IN_PROGRESS ] || fail "$name is $before; wait for its end" ;;
    UPDATE_ROLLBACK_FAILED)
      fail "$name is $before; aws cloudformation continue-update-rollback --stack-name $name" ;;
  esac

  overrides=("Environment=$environment")
  for parent in ${parents[$stack]}; do
    overrides+=("${parent^}Stack=$(stack_name "$parent")")
  done
  while IFS= read -r output; do
    overrides+=("$output")
  done < <(jq -r --arg stack "$stack" '.Stacks[$stack] // {} | to_entries[] | "\(.key)=\(.value)"' "$settings")
  overrides+=("$@")
  # CloudFormation takes at most 51,200 bytes with the request itself.
  if [ "$(wc -c <"$template")" -gt 51200 ]; then
    bucket=(--s3-bucket "$(output_of "$(stack_name registry)" DeploymentBucket)" --s3-prefix templates)
  fi

  echo
  echo "== $name ($before)"
  output=$(aws cloudformation deploy --stack-name "$name" --template-file "$template" \
    --parameter-overrides "${overrides[@]}" "${bucket[@]}" --tags project=tealdesk "environment=$environment" \
    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --no-execute-changeset --no-fail-on-empty-changeset 2>&1) ||
    fail "no change set: $output"
  changeset=$(grep -o 'arn:aws[a-z-]*:cloudformation:[^ ]*:changeSet/[^ ]*' <<<"$output" | tail -n 1 || true)
  if [ -z "$changeset" ]; then
    echo "No changes."
    return
  fi
  if ! (review "$changeset" && agree "$name"); then
    aws cloudformation delete-change-set --change-set-name "$changeset"
    exit 1
  fi
  execute "$stack" "$name" "$before" "$changeset"
  # Against a slip of the hand in the console; docs/deploy.md says how to tear an environment down.
  case $stack in network | data | registry | service)
    aws cloudformation update-termination-protection --stack-name "$name" --enable-termination-protection >/dev/null ;;
  esac
  aws cloudformation describe-stacks --stack-name "$name" \
    --query 'Stacks[0].Outputs[].[OutputKey, OutputValue]' --output text | sort | column -t -s $'\t'
}

execute() {
  local stack=$1 name=$2 before=$3 changeset=$4 waiter="stack-update-complete"
  [[ $before != NONE && $before != REVIEW_IN_PROGRESS ]] || waiter="stack-create-complete"
  # The usual policy forbids to touch what CodeDeploy has changed since. What the preflight has just compared may be
  # updated, for as long as this takes.
  if [ "$stack" = service ] && [ "$waiter" = "stack-update-complete" ]; then
    trap 'protect "$(stack_name service)"' EXIT
    aws cloudformation set-stack-policy --stack-name "$name" \
      --stack-policy-body "file://$templates/service-stack-policy-preflighted.json"
  fi
  aws cloudformation execute-change-set --change-set-name "$changeset"
  echo "Waiting for $name ..."
  if ! aws cloudformation wait "$waiter" --stack-name "$name"; then
    aws cloudformation describe-stack-events --stack-name "$name" --output text --query \
      "StackEvents[?contains(ResourceStatus, 'FAILED')].[LogicalResourceId, ResourceStatusReason]" | head -n 10
    fail "$name is $(status_of "$name"); the first failures are above"
  fi
}

protect() {
  aws cloudformation set-stack-policy --stack-name "$1" --stack-policy-body "file://$templates/service-stack-policy.json"
}

# ------------------------------------------------------------------------------------------------ what goes with them
# CloudFormation cannot take the rules of a VPC's default security group away. Nothing uses the group; without rules
# nothing that is put into it by mistake can talk to anything.
close_default_group() {
  local group direction rules
  group=$(output_of "$(stack_name network)" DefaultSecurityGroup)
  for direction in ingress egress; do
    rules=$(aws ec2 describe-security-group-rules --filters "Name=group-id,Values=$group" --output text --query \
      "SecurityGroupRules[?IsEgress==\`$([ $direction = egress ] && echo true || echo false)\`].SecurityGroupRuleId")
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$rules" ] ||
      aws ec2 "revoke-security-group-$direction" --group-id "$group" --security-group-rule-ids $rules >/dev/null
  done
}

# Builds the functions' jar and puts it under a key made of its contents; prints the key.
upload_hooks() {
  local store=$1 jar key
  (cd "$root" && mvn -q -B -pl infra/hooks -am package -DskipTests) >&2
  jar=$root/infra/hooks/target/tealdesk-hooks.jar
  key=hooks/$(sha256sum "$jar" | cut -d ' ' -f 1).jar
  aws s3api head-object --bucket "$store" --key "$key" >/dev/null 2>&1 ||
    aws s3 cp --only-show-errors "$jar" "s3://$store/$key" >&2
  echo "$key"
}

deploy_service() {
  local name store key colors=""
  name=$(stack_name service)
  store=$(output_of "$(stack_name registry)" DeploymentBucket)
  key=$(upload_hooks "$store")
  case $(status_of "$name") in
    NONE | REVIEW_IN_PROGRESS) ;;
    # Prints BackendLiveColor=... and FrontendLiveColor=...; fails, with the repair, when listener and services disagree
    # or a deployment is under way.
    *) colors=$("$root/infra/preflight.sh" "$environment" --region "$region") || fail "the preflight says no; nothing was changed" ;;
  esac
  # shellcheck disable=SC2086 # a list of parameters
  deploy service "HooksBucket=$store" "HooksKey=$key" $colors
  protect "$name"
}

for stack in "${order[@]}"; do
  is_chosen "$stack" || continue
  case $stack in
    network)
      deploy network
      close_default_group
      ;;
    service) deploy_service ;;
    *) deploy "$stack" ;;
  esac
done
echo
echo "Done."
