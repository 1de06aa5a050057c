# shellcheck shell=bash
# Sourced. in_registry IMAGE:TAG: pulls the image if its registry has it, says no if not, and ends the script on any
# other answer: no access or no network must lead neither to a second build nor to a second push.
in_registry() {
  local answer
  answer=$(docker pull --quiet "$1" 2>&1) && return 0
  [[ $answer =~ (not found|manifest unknown) ]] && return 1
  printf '%s\n' "$answer" >&2
  exit 1
}
