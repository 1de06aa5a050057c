#!/usr/bin/env bash
# Runs one half of `mvn verify`: the two halves are built side by side, and both have to pass before anything ships.
# Where there is no JDK 25 (older images of CodeBuild) Maven runs in a container that has one; the tests' own
# containers are then started beside it, through the same Docker engine.
# A commit whose image is in the registry has passed before (REPOSITORY_URI and RELEASE say which): going back to a
# release does not wait for its tests again.
set -euo pipefail
cd "$(dirname "$0")/../.."

half=${1:-}
case $half in
  # The backend's build packages the frontend for `mvn spring-boot:run`; its tests are the other half's.
  backend) goals="mvn -B -ntp -pl frontend install -am -DskipTests && mvn -B -ntp verify -pl !frontend" ;;
  frontend) goals="mvn -B -ntp -pl frontend -am verify" ;;
  *)
    echo "usage: test.sh backend|frontend" >&2
    exit 2
    ;;
esac

# shellcheck source=infra/pipeline/in-registry.sh
source infra/pipeline/in-registry.sh
if [ -n "${REPOSITORY_URI:-}" ] && [ -n "${RELEASE:-}" ] && in_registry "$REPOSITORY_URI:$RELEASE"; then
  echo "$RELEASE has passed before; its image is in the registry."
  # CodeBuild fails a build whose reports are not there.
  case $half in
    backend) report=backend/target/surefire-reports/TEST-passed-before.xml ;;
    frontend) report=frontend/target/vitest-report.xml ;;
  esac
  mkdir -p "$(dirname "$report")"
  echo '<testsuite name="passed before" tests="1" skipped="1"><testcase name="passed before"><skipped/></testcase></testsuite>' >"$report"
  exit 0
fi

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
