#!/usr/bin/env bash
# Whether the service stack of an environment may be updated now, and with which live colours; see --help.
# Builds the tool when it is missing, or older than its sources.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
jar=$root/infra/target/tealdesk-infra.jar

if [ ! -e "$jar" ] || [ -n "$(find "$root/infra/src/main" "$root/infra/pom.xml" -newer "$jar" -print -quit)" ]; then
  echo "Building $jar …" >&2
  # To standard error: standard output is for the colours.
  mvn -q -B -ntp -f "$root/pom.xml" -pl infra package -DskipTests >&2
fi

# The environment's own region, unless the caller names one.
settings=$root/infra/cloudformation/environments/${1:-}.json
if [ -z "${AWS_REGION:-}" ] && [ -f "$settings" ]; then
  AWS_REGION=$(sed -n 's/.*"Region": *"\([^"]*\)".*/\1/p' "$settings")
  export AWS_REGION
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if ! "$java" --version 2>/dev/null | grep -qE '^[a-z]+ (2[5-9]|[3-9][0-9])'; then
  # Maven finds JDK 25 by itself; so does this, in the usual place.
  for candidate in /usr/lib/jvm/*25*/bin/java /Library/Java/JavaVirtualMachines/*25*/Contents/Home/bin/java; do
    [ -x "$candidate" ] && java=$candidate && break
  done
fi
exec "$java" -XX:TieredStopAtLevel=1 -jar "$jar" "$@"
