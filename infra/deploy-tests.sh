#!/usr/bin/env bash
# Tries infra/deploy.sh against an account that is only written down: a small stand-in for aws, mvn and the preflight,
# which notes every call. Shows order, what is passed, what a second run does, and what is refused. Needs jq.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

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
    printf 'FAILED  %s: exit %s (expected %s), expected text: %s\n%s\n' "$name" "$actual" "$code" "$text" "$output" |
      sed '2,$s/^/        /'
  fi
}

# ---------------------------------------------------------------- the tree, the account, the tools
tree=$scratch/tree
state=$scratch/state
calls=$scratch/calls
mkdir -p "$tree/infra" "$scratch/bin" "$state"
cp -r infra/cloudformation infra/deploy.sh "$tree/infra/"
jq '.Account = "123456789012"
  | (.Stacks[] |= with_entries(.value |= if test("^<") then "filled" else . end))' \
  infra/cloudformation/environments/staging.json >"$tree/infra/cloudformation/environments/staging.json"
printf '#!/usr/bin/env bash\nmkdir -p infra/hooks/target\necho jar >infra/hooks/target/tealdesk-hooks.jar\n' >"$scratch/bin/mvn"
cat >"$tree/infra/preflight.sh" <<'FAKE'
#!/usr/bin/env bash
echo "preflight $*" >>"$CALLS"
[ ! -e "$STATE/preflight-fails" ] || { echo "aws elbv2 modify-rule ..." >&2; exit 1; }
printf 'BackendLiveColor=green\nFrontendLiveColor=blue\n'
FAKE
# A stack is a file with its status; its parameters stand beside it. CHANGES is what the next change set would show.
cat >"$scratch/bin/aws" <<'FAKE'
#!/usr/bin/env bash
echo "$*" >>"$CALLS"
argument() { while [ $# -gt 1 ]; do [ "$1" != "$OPTION" ] || { echo "$2"; return; }; shift; done; }
stack=$(OPTION=--stack-name argument "$@")
query=$(OPTION=--query argument "$@")
changeset=$(OPTION=--change-set-name argument "$@")
case "$1 $2" in
  "sts get-caller-identity") echo "${SIGNED_IN:-123456789012}" ;;
  "cloudformation describe-stacks")
    [ -e "$STATE/$stack" ] || exit 254
    case $query in *StackStatus*) cat "$STATE/$stack" ;; *OutputKey==*) echo "output-of-$stack" ;; *) printf 'Name\tvalue\n' ;; esac ;;
  "cloudformation deploy")
    printf '%s\n' "$@" | sed -n '/--parameter-overrides/,/^--tags/p' >"$STATE/new"
    if cmp -s "$STATE/new" "$STATE/$stack.parameters"; then echo "No changes to deploy. Stack $stack is up to date"; exit; fi
    cp "$STATE/new" "$STATE/$stack.next"
    echo "aws cloudformation describe-change-set --change-set-name arn:aws:cloudformation:eu-central-1:123456789012:changeSet/$stack/1" ;;
  "cloudformation describe-change-set") echo "${CHANGES:-[]}" ;;
  "cloudformation execute-change-set")
    stack=${changeset%/1} stack=${stack##*/}
    mv "$STATE/$stack.next" "$STATE/$stack.parameters"
    if [ -e "$STATE/$stack" ]; then echo UPDATE_COMPLETE; else echo CREATE_COMPLETE; fi >"$STATE/$stack" ;;
  "cloudformation wait") [ -z "${WAIT_FAILS:-}" ] ;;
  "cloudformation describe-stack-events") echo "Database the reason" ;;
  "ec2 describe-security-group-rules") [ -e "$STATE/closed" ] || echo sgr-1 ;;
  "ec2 revoke-security-group-egress") touch "$STATE/closed" ;;
  "s3api head-object") [ -e "$STATE/uploaded" ] ;;
  "s3 cp") touch "$STATE/uploaded" ;;
esac
FAKE
chmod +x "$scratch/bin/"* "$tree/infra/preflight.sh"
export PATH=$scratch/bin:$PATH STATE=$state CALLS=$calls

deploy() { : >"$calls" && bash "$tree/infra/deploy.sh" "$@"; }
called() { grep -F -- "$1" "$calls"; }
not_called() { ! grep -F -- "$1" "$calls"; }
order_of() { grep -oE "^cloudformation (execute-change-set|set-stack-policy) .*" "$calls" | grep -oE 'staging-[a-z]+/|policy[a-z-]*\.json' | tr -d '\n'; }

# ---------------------------------------------------------------- refusals before anything is touched
expect "without arguments it says how it is called" 2 'usage: infra/deploy.sh' deploy
expect "-h says what it does" 0 'Creates or updates the stacks' deploy -h
expect "an unknown stack is refused" 1 'there is no stack databse' deploy staging databse
expect "an unknown environment is refused" 1 'there is no' deploy nowhere
expect "placeholders in the file are refused by name" 1 'AlarmEmail: <who is told of alarms>' bash infra/deploy.sh --yes production
expect "another account is refused" 1 'but staging is in 123456789012' env SIGNED_IN=999 bash "$tree/infra/deploy.sh" staging
expect "without a terminal and --yes nothing is changed" 1 'run again with --yes' deploy staging network
expect "and the change set is thrown away" 0 '' called 'cloudformation delete-change-set'
expect "and was not executed" 0 '' not_called execute-change-set

# ---------------------------------------------------------------- from an empty account
expect "all stacks are created" 0 'Done.' deploy --yes staging
expect "in order, and the service stack is protected" 0 \
  'staging-network/staging-data/staging-registry/staging-service/policy.jsonstaging-pipeline/staging-observability/' order_of
expect "what holds data cannot be deleted by a slip" 0 '' called 'update-termination-protection --stack-name tealdesk-staging-data'
expect "each gets its parents" 0 '' called 'NetworkStack=tealdesk-staging-network DataStack=tealdesk-staging-data RegistryStack=tealdesk-staging-registry ServiceStack=tealdesk-staging-service'
expect "a new service stack needs no preflight" 0 '' not_called preflight
expect "the hooks are uploaded under their hash" 0 '' called "HooksKey=hooks/$(echo jar | sha256sum | cut -d ' ' -f 1).jar"
expect "the large template goes by S3" 0 '' called '--s3-bucket output-of-tealdesk-staging-registry'
expect "the default security group is closed" 0 '' called 'ec2 revoke-security-group-ingress --group-id output-of-tealdesk-staging-network --security-group-rule-ids sgr-1'

# ---------------------------------------------------------------- again
deploy --yes staging service >/dev/null 2>&1
expect "a second run changes nothing" 0 'No changes.' deploy --yes staging
expect "really nothing" 0 '' not_called execute-change-set
expect "not even the default group" 0 '' not_called revoke-security-group
expect "nor is the jar uploaded twice" 0 '' not_called 's3 cp'
expect "the preflight's colours are passed" 0 '' called 'BackendLiveColor=green FrontendLiveColor=blue'
rm "$state/tealdesk-staging-service.parameters"
expect "an update of the service stack" 0 'Done.' deploy --yes staging service
expect "lifts the policy for its time only" 0 'policy-preflighted.jsonstaging-service/policy.json' order_of
touch "$state/preflight-fails"
expect "a preflight that fails stops the update" 1 'the preflight says no; nothing was changed' deploy --yes staging service
expect "before a change set is made" 0 '' not_called 'cloudformation deploy'
rm "$state/preflight-fails" "$state/tealdesk-staging-service.parameters"
expect "an update that fails" 1 'the first failures are above' env WAIT_FAILS=yes bash "$tree/infra/deploy.sh" --yes staging service
expect "leaves the service stack protected" 0 'service-stack-policy.json' bash -c "grep set-stack-policy '$calls' | tail -n 1"

# ---------------------------------------------------------------- changes that nobody means
change() { echo "[{\"Action\": \"$1\", \"LogicalResourceId\": \"X\", \"ResourceType\": \"$2\", \"Replacement\": \"$3\"}]"; }
for case in "Modify AWS::RDS::DBInstance True" "Remove AWS::S3::Bucket False" "Modify AWS::ECS::Service False" \
  "Modify AWS::ElasticLoadBalancingV2::TargetGroup True"; do
  rm -f "$state/tealdesk-staging-data.parameters"
  # shellcheck disable=SC2086 # three words
  expect "refused: $case" 1 'not made by this script' env CHANGES="$(change $case)" bash "$tree/infra/deploy.sh" --yes staging data
done
rm -f "$state/tealdesk-staging-data.parameters"
expect "an ordinary change is shown and made" 0 'AWS::RDS::DBInstance' \
  env CHANGES="$(change Modify AWS::RDS::DBInstance False)" bash "$tree/infra/deploy.sh" --yes staging data
echo ROLLBACK_COMPLETE >"$state/tealdesk-staging-data"
expect "a stack whose creation failed is explained" 1 'delete-stack --stack-name tealdesk-staging-data' deploy --yes staging data
echo UPDATE_IN_PROGRESS >"$state/tealdesk-staging-data"
expect "a stack that is busy is left alone" 1 'wait for its end' deploy --yes staging data

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
