#!/usr/bin/env bash
# Runs one half of `mvn verify`: the two halves are built side by side, and both have to pass before anything ships.
# Where there is no JDK 25 (CodeBuild's images end earlier) Maven runs in a container that has one; the tests' own
# containers are then started beside it, through the same Docker engine.
set -euo pipefail
cd "$(dirname "$0")/../.."

case ${1:-} in
  # The backend's build packages the frontend for `mvn spring-boot:run`; its tests are the other half's.
  backend) goals="mvn -B -ntp -pl frontend install -am -DskipTests && mvn -B -ntp verify -pl !frontend" ;;
  frontend) goals="mvn -B -ntp -pl frontend -am verify" ;;
  *)
    echo "usage: test.sh backend|frontend" >&2
    exit 2
    ;;
esac

# Ryuk is an image of its own that only cleans up; the whole machine is thrown away.
export TESTCONTAINERS_RYUK_DISABLED=true
# Read by frontend/vite.config.ts.
export JUNIT_REPORT=target/vitest-report.xml

has_jdk_25() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -q '^javac 25\b'; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

if [ -z "${TEST_IN_CONTAINER:-}" ] && has_jdk_25 && command -v mvn >/dev/null; then
  bash -c "$goals"
else
  docker run --rm --network host \
    --volume "$PWD:$PWD" --workdir "$PWD" \
    --volume /var/run/docker.sock:/var/run/docker.sock \
    --volume "$HOME/.m2:/root/.m2" --volume "$HOME/.npm:/root/.npm" \
    --env TESTCONTAINERS_RYUK_DISABLED --env TESTCONTAINERS_HOST_OVERRIDE=localhost --env JUNIT_REPORT --env MAVEN_ARGS \
    maven:3.9-eclipse-temurin-25 bash -c "$goals"
fi
