#!/usr/bin/env bash
# Prints how many hundredths of the usual time this machine takes at the moment for a fixed piece of work, at least 100.
# A virtual machine may be a quarter as fast as an hour before; a limit in seconds, or a number of requests a second,
# would then only show that it is.
set -euo pipefail

usual_microseconds=1500000
begun=${EPOCHREALTIME/[^0-9]/}
for ((i = 0; i < 1000000; i++)); do :; done
hundredths=$(((${EPOCHREALTIME/[^0-9]/} - begun) * 100 / usual_microseconds))
echo "$((hundredths > 100 ? hundredths : 100))"
