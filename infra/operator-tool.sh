#!/usr/bin/env bash
# Runs a command of the operators' tool in infra/src/main: what preflight.sh and status.sh have in common.
#   infra/operator-tool.sh <command> <environment>               a file in infra/cloudformation/environments
#   infra/operator-tool.sh <command> [options] <service stack>   see --help
# Builds the tool when it is missing or older than its sources.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
jar=$root/infra/target/tealdesk-infra.jar

if [ ! -e "$jar" ] || [ -n "$(find "$root/infra/src/main" "$root/infra/pom.xml" -newer "$jar" -print -quit)" ]; then
  # To standard error: standard output is for the colours.
  echo "Building the operators' tool …" >&2
  mvn -q -B -ntp -f "$root/pom.xml" -pl infra package -DskipTests >&2
fi

settings=$root/infra/cloudformation/environments/${2:-}.json
if [ $# -eq 2 ] && [ -f "$settings" ]; then
  set -- "$1" --region "$(jq -r .Region "$settings")" \
    "$(jq -r --arg name "tealdesk-$2-service" '.StackNames.service // $name' "$settings")"
fi

# As Maven does: whatever JDK is the default, take one of at least 25.
is_new_enough() { "$1" --version 2>/dev/null | head -n 1 | grep -qE ' (2[5-9]|[3-9][0-9])\b'; }
for java in "${JAVA_HOME:-/usr}/bin/java" java /usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
  if is_new_enough "$java"; then
    exec "$java" -XX:TieredStopAtLevel=1 -jar "$jar" "$@"
  fi
done
echo "No JDK 25 found. Install one (for example Temurin 25), or point JAVA_HOME at it." >&2
exit 3
