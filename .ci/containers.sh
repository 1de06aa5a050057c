# shellcheck shell=bash disable=SC2034,SC2154 # .ci/run reads this file, and each uses what the other sets
# Sourced by .ci/run: the gates that need a container engine. Where there is none and none can be made, they are
# skipped with one line.

# Images that stand in for the public ones, for a machine that reaches package registries but no image registry.
base_images_script() {
  local candidate
  for candidate in "${BASE_IMAGES_SCRIPT:-}" {..,../..,../../..}/shared/tools/base-images.sh /*/shared/tools/base-images.sh; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
}

engine_answers() { docker info >/dev/null 2>&1; }

need_engine() {
  local script
  script=$(base_images_script)
  if [ -n "$script" ]; then
    "$script"
  else
    echo "No stand-ins for the base images: the public ones are pulled."
  fi && engine_answers && docker compose version
}

# One project and one tag for this run, so that nothing of the machine's other desks is touched.
compose_env() {
  export COMPOSE_PROJECT_NAME=tealdesk-ci-$$-$RANDOM TEALDESK_DEMO_ENABLED=true
  TEALDESK_RELEASE=$(git rev-parse HEAD)
  export TEALDESK_RELEASE
  export TEALDESK_PORT TEALDESK_MAIL_PORT TEALDESK_BASE_URL TEALDESK_MAIL_CATCHER_URL MAILDEV_URL
  TEALDESK_PORT=$(free_port 8080 $(seq 8100 8150))
  TEALDESK_MAIL_PORT=$(free_port 1080 $(seq 1081 1099))
  TEALDESK_BASE_URL=http://localhost:$TEALDESK_PORT
  TEALDESK_MAIL_CATCHER_URL=http://localhost:$TEALDESK_MAIL_PORT
  MAILDEV_URL=$TEALDESK_MAIL_CATCHER_URL
}

# From an empty set of volumes; Compose starts Nginx last, once the backend is healthy.
compose_up() {
  local start=$SECONDS
  docker compose up -d --no-build || { docker compose logs --tail 60; return 1; }
  until curl -fs "$TEALDESK_BASE_URL/" | grep '<div id="root">' >/dev/null && curl -fs -o /dev/null "$TEALDESK_BASE_URL/api/v1/about"; do
    [ $((SECONDS - start)) -lt 120 ] || { docker compose logs --tail 60; return 1; }
    sleep 1
  done
  echo "docker compose up answers on $TEALDESK_BASE_URL after $((SECONDS - start)) s"
}

compose_file_is_clean() {
  PATH=$(node_home):$PATH npm exec --yes --package=dclint@3.1.0 -- \
    dclint --max-warnings 0 --config infra/compose/dclint.yml docker-compose.yml
}

# Wants old versions of what it stands on, which no longer build; it runs on the new ones. From nothing, too, without
# demo data and as a project of its own.
compose_1_29() {
  local old=$scratch/compose-1.29/bin/docker-compose result=0
  python3 -m venv "$scratch/compose-1.29" &&
    "$scratch/compose-1.29/bin/pip" install -q --no-deps docker-compose==1.29.2 &&
    "$scratch/compose-1.29/bin/pip" install -q PyYAML==6.0.3 docker==6.1.3 requests==2.31.0 'urllib3<2' 'jsonschema<4' docopt==0.6.2 \
      dockerpty==0.4.1 texttable==1.7.0 'python-dotenv<1' 'websocket-client<1' distro==1.9.0 cached-property==1.5.2 'setuptools<70' packaging 2>/dev/null &&
    "$old" version --short && "$old" config -q || return
  composed_by_1_29=$old
  TEALDESK_DEMO_ENABLED=false "$old" --project-name "$COMPOSE_PROJECT_NAME-old" up -d --no-build &&
    curl -fs --retry 10 --retry-all-errors --retry-delay 1 -o /dev/null "$TEALDESK_BASE_URL/api/v1/about" &&
    docker logs "$COMPOSE_PROJECT_NAME-old_backend_1" | grep 'Created the first administrator: .* with password' >/dev/null || result=1
  compose_1_29_down
  return $result
}

compose_1_29_down() {
  local old=$composed_by_1_29
  composed_by_1_29=""
  "$old" --project-name "$COMPOSE_PROJECT_NAME-old" down -v --timeout 60 2>&1 | tail -n 1
}

# Either of two tasks may go; Nginx finds the other one, and the new one once it is there. Both stay for the outage.
until_healthy() {
  for _ in $(seq 120); do
    [ "$(docker inspect -f '{{.State.Health.Status}}' "$1")" != healthy ] || return 0
    sleep 0.5
  done
  echo "$1 is not healthy after a minute"
  return 1
}

second_task() {
  docker compose up -d --no-build --scale backend=2 || return
  local tasks task
  mapfile -t tasks < <(docker compose ps -q backend)
  [ ${#tasks[@]} -eq 2 ] || { echo "${#tasks[@]} tasks"; return 1; }
  for task in "${tasks[@]}"; do
    docker kill "$task" >/dev/null
    # Nginx asks for the names each second.
    sleep 2
    for _ in $(seq 20); do
      curl -fs --max-time 5 -o /dev/null "$TEALDESK_BASE_URL/api/v1/about" || { echo "No answer without $task"; return 1; }
    done
    docker compose up -d --no-build --scale backend=2 2>/dev/null || return
    until_healthy "$task" || return
  done
  echo "Each of two tasks answered alone."
}

# Those that say something of the way through Nginx: mails' links, uploads, live streams, sessions, what runs in a page. All
# of them have passed without it.
journeys_composed() {
  BASE_URL=$TEALDESK_BASE_URL e2e run -s journeys -- accounts content conversation drafts live phone session
}

# What CodeDeploy has done to green before anybody sees it.
release_check() {
  local login
  login=$(curl -fs "$BASE_URL/api/v1/about" | python3 -c '
import json, sys
customer = next(login for login in json.load(sys.stdin)["demoLogins"] if login["role"] == "CUSTOMER")
print(customer["email"], customer["password"])') || return
  CUSTOMER_EMAIL=${login%% *} CUSTOMER_PASSWORD=${login#* } "$JAVA_HOME/bin/java" -jar infra/hooks/target/tealdesk-hooks.jar "$BASE_URL"
}

release_check_composed() { BASE_URL=$TEALDESK_BASE_URL EXPECTED_RELEASE=$TEALDESK_RELEASE release_check; }

outage() { PATH=$(node_home):$PATH BASE_URL=$TEALDESK_BASE_URL node infra/compose/outage.mjs; }

# The database's own absence is logged as a warning; an error is something nobody thought of. Not Nginx' word on an answer
# of Docker's name server that came after it had asked again, which it did because the machine was busy.
no_errors_in_containers() { ! docker compose logs --no-color backend frontend | grep -v 'wrong ident .* in DNS response' | grep -nE ' ERROR |\[(error|crit|alert|emerg)\]|^\S+ +\|\s+at io\.tealdesk\.'; }

# A lost connection fills the log with what Spring and the scheduler say of it; a request that failed is a mistake.
no_request_failed() { ! docker compose logs --no-color backend | grep -n ' ERROR .*ProblemHandler'; }

compose_down() {
  [ -z "$composed_by_1_29" ] || compose_1_29_down
  docker compose down -v --remove-orphans --timeout 60
}

# What PostgreSQL has the most say in: all tests ran on embedded binaries of the same release before.
tests_on_testcontainers() {
  TEALDESK_TEST_DATABASE=docker TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost \
    mvn -B -ntp -pl frontend,backend test -Dskip.npm -Dskip.installnodenpm -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest='io/tealdesk/database/*Tests,io/tealdesk/identity/*Tests,io/tealdesk/reporting/*Tests,io/tealdesk/search/*Tests'
}

# They push to a registry of their own, and ask a stand-in for AWS.
pipeline_script_tests() {
  python3 -m venv "$scratch/aws" && "$scratch/aws/bin/pip" install -q awscli==1.46.3 'moto[server]==5.2.5' &&
    PATH=$scratch/aws/bin:$PATH bash infra/pipeline/script-tests.sh
}

# The images of this commit come from the engine's cache by now. The rate is what two tasks of half a CPU each bear beside
# everything else on one machine.
rehearse_containers() {
  local release result=0
  rehearse 80 --mode containers || result=1
  for release in HEAD 'HEAD^'; do
    release=$(git rev-parse --short=12 "$release")
    docker image rm "tealdesk-rehearsal-backend:$release" "tealdesk-rehearsal-frontend:$release" >/dev/null 2>&1
  done
  return $result
}

container_gates() {
  if [ -z "$(base_images_script)" ] && ! engine_answers; then
    echo
    echo "Skipped: no container engine answers, so images, docker compose and Testcontainers are not tried here."
    return
  fi
  gate "container engine and base images" need_engine || return
  gate "the pipeline's scripts" pipeline_script_tests
  gate_in_time 50 "database, lists and reports with Testcontainers" tests_on_testcontainers
  compose_env
  gate "both images build from the committed Dockerfiles" docker compose build --quiet || return
  composed=yes
  gate "dclint" compose_file_is_clean
  gate_in_time 60 "docker-compose 1.29, from nothing" compose_1_29
  if gate "docker compose up, from nothing" compose_up; then
    gate_in_time 60 "journeys through Nginx" journeys_composed
    gate "smoke test of a release, through Nginx" release_check_composed
    gate "no error in the containers' logs" no_errors_in_containers
    gate "a second backend task" second_task
    gate "PostgreSQL away for 20 s under load" outage
    gate "no request failed unexpectedly" no_request_failed
  fi
  gate "docker compose down" compose_down
  composed=""
  gate "rehearsal of this commit after the one before, as containers" rehearse_containers
  # Last, for it measures how fast the backend starts.
  ((SECONDS < 75 * 60)) || export PAIRS=2
  gate "images: size, hardening, headers, start in pairs" bash infra/images/check.sh "$TEALDESK_RELEASE"
  docker image rm "tealdesk-backend:$TEALDESK_RELEASE" "tealdesk-frontend:$TEALDESK_RELEASE" >/dev/null
}
