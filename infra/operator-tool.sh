#!/usr/bin/env bash
# Runs a command of the operators' tool in infra/src/main: what preflight.sh and status.sh have in common.
#   infra/operator-tool.sh <command> [options] <environment or name of its service stack>   see --help
# Builds the tool when it is missing or older than its sources.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
jar=$root/infra/target/tealdesk-infra.jar

if [ ! -e "$jar" ] || [ -n "$(find "$root/infra/src/main" "$root/infra/pom.xml" -newer "$jar" -print -quit)" ]; then
  # To standard error: standard output is for the colours.
  echo "Building the operators' tool …" >&2
  mvn -q -B -ntp -f "$root/pom.xml" -pl infra package -DskipTests >&2
fi

# An environment's name stands for its service stack and region.
arguments=()
for argument in "$@"; do
  settings=$root/infra/cloudformation/environments/$argument.json
  if [ -f "$settings" ]; then
    arguments+=("$(jq -r --arg name "tealdesk-$argument-service" '.StackNames.service // $name' "$settings")")
    [[ " $* " == *" --region"* ]] || arguments+=(--region "$(jq -r .Region "$settings")")
  else
    arguments+=("$argument")
  fi
done

# As Maven does: whatever JDK is the default, take one of at least 25.
is_new_enough() {
  local version
  version=$("$1" --version 2>/dev/null) && [[ $version =~ ^[a-z]+\ (2[5-9]|[3-9][0-9]) ]]
}
for java in "${JAVA_HOME:-/usr}/bin/java" java /usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
  if is_new_enough "$java"; then
    exec "$java" -XX:TieredStopAtLevel=1 -jar "$jar" "${arguments[@]}"
  fi
done
echo "No JDK 25 found. Install one (for example Temurin 25), or point JAVA_HOME at it." >&2
exit 3
