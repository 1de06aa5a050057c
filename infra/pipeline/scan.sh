#!/usr/bin/env bash
# Waits for the registry's scan of the image in OUTPUT/imageDetail.json, prints what it found, and fails when findings
# of a severity in SCAN_FAIL_ON (default: CRITICAL) are among it that accepted-findings.txt does not name. Basic and
# enhanced scanning both work. SCAN_UNSUPPORTED=accept lets an image pass whose system the registry cannot scan.
set -euo pipefail

if [ $# -ne 1 ] || [ "$1" = -h ]; then
  echo "usage: [SCAN_FAIL_ON='CRITICAL HIGH'] [SCAN_TIMEOUT=600] scan.sh OUTPUT" >&2
  exit 2
fi
fail_on=${SCAN_FAIL_ON:-CRITICAL}
timeout=${SCAN_TIMEOUT:-600}
uri=$(jq -er .ImageURI "$1/imageDetail.json")
if [[ ! $uri =~ ^([0-9]+)\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?/([^@]+)@(sha256:[0-9a-f]{64})$ ]]; then
  echo "scan.sh: not an image in ECR by digest: $uri" >&2
  exit 1
fi
image=(--registry-id "${BASH_REMATCH[1]}" --region "${BASH_REMATCH[2]}" --repository-name "${BASH_REMATCH[4]}"
  --image-id "imageDigest=${BASH_REMATCH[5]}")

# The scan starts with the push; until it is known, the call itself fails.
deadline=$((SECONDS + timeout))
while :; do
  if findings=$(aws ecr describe-image-scan-findings "${image[@]}" --output json 2>&1); then
    status=$(jq -r '.imageScanStatus.status' <<<"$findings")
  elif [[ $findings == *ScanNotFoundException* ]]; then
    status=PENDING
  else
    printf '%s\n' "$findings" >&2
    exit 1
  fi
  case $status in
    COMPLETE | ACTIVE) break ;;
    PENDING | IN_PROGRESS | SCAN_ELIGIBILITY_*) ;;
    *)
      reason="$status: $(jq -r '.imageScanStatus.description // "no reason given"' <<<"$findings")"
      if [ "${SCAN_UNSUPPORTED:-}" = accept ] && [[ $reason == *[Uu]nsupported* ]]; then
        echo "Not scanned, and accepted: $reason"
        exit 0
      fi
      echo "scan.sh: $reason" >&2
      exit 1
      ;;
  esac
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "scan.sh: no result after $timeout s (last: $status). Is scanning on push enabled?" >&2
    exit 1
  fi
  sleep "${SCAN_PAUSE:-10}"
done

counts=$(jq -c '.imageScanFindings.findingSeverityCounts // {}' <<<"$findings")
echo "Findings in $uri: $counts"
# What has no fix yet must not stop every release, nor be forgotten: each acceptance ends on a day.
accepted=$(awk -v today="$(date -u +%F)" '!/^ *(#|$)/ && $2 >= today { print $1 }' \
  "${SCAN_ACCEPTED:-$(dirname "$0")/accepted-findings.txt}" | jq -Rn '[inputs]')
failed=0
for severity in $fail_on; do
  found=$(jq -c --arg severity "$severity" --argjson accepted "$accepted" '
    [.imageScanFindings | ((.findings // []) + (.enhancedFindings // []))[] | select(.severity == $severity)
      | {name: (.name // .packageVulnerabilityDetails.vulnerabilityId), about: (.uri // .title // "")}
      | .accepted = (.name | IN($accepted[]))]
    | {accepted: map(select(.accepted)), open: map(select(.accepted | not))}' <<<"$findings")
  jq -r '(.accepted[] | "accepted: \(.name)"), (.open[] | "\(.name) \(.about)")' <<<"$found"
  # By the count and not by the list, should the list ever be shorter.
  number=$(jq -r --arg severity "$severity" --argjson found "$found" '(.[$severity] // 0) - ($found.accepted | length)' <<<"$counts")
  [ "$number" -le 0 ] || failed=1
done
if [ "$failed" -eq 1 ]; then
  echo "scan.sh: not released: findings of severity $fail_on. Update the base image or the dependency,
  or accept them in infra/pipeline/accepted-findings.txt until a day." >&2
  exit 1
fi
