#!/usr/bin/env bash
# Plays a blue/green deployment of this repository on this machine, under load, and counts what is lost.
#   infra/rehearse.sh [command] [options]   see --help and docs/rehearsal.md
# Builds the tool when it is missing or older than its sources.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tool=$root/infra/rehearsal/target/tealdesk-rehearsal.jar

# As Maven does: whatever JDK is the default, take one of at least 25.
is_new_enough() {
  local version
  version=$("$1" --version 2>/dev/null) && [[ $version =~ ^[a-z]+\ (2[5-9]|[3-9][0-9]) ]]
}
java=""
for candidate in "${JAVA_HOME:-/usr}/bin/java" java /usr/lib/jvm/*/bin/java; do
  if is_new_enough "$candidate"; then
    java=$candidate
    break
  fi
done
if [ -z "$java" ]; then
  echo "No JDK 25 found. Install one (for example Temurin 25), or point JAVA_HOME at it." >&2
  exit 3
fi

sources=("$root"/infra/{pom.xml,src/main} "$root"/infra/hooks/{pom.xml,src/main} "$root"/infra/rehearsal/{pom.xml,src/main})
if [ ! -e "$tool" ] || [ -n "$(find "${sources[@]}" -newer "$tool" -print -quit)" ]; then
  echo "Building the rehearsal …" >&2
  mvn -q -B -ntp -f "$root/pom.xml" -pl infra/rehearsal -am package -Dmaven.test.skip -Dspotless.check.skip >&2 || {
    echo "The rehearsal itself cannot be built." >&2
    exit 2
  }
  touch "$tool"
fi
# The load is its own work: it must not take a garbage collector's pauses for the desk's.
exec "$java" -XX:+UseZGC -Xmx2g -Dtealdesk.root="$root" -jar "$tool" "$@"
