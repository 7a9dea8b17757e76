#!/usr/bin/env bash
# What action.yml runs: install this very version of qawl, run its gate, say what came of it.
set -euo pipefail

home="${RUNNER_TEMP:-/tmp}/qawl-gate-env"
python -m venv "$home"
tools="$home/bin"
[ -d "$tools" ] || tools="$home/Scripts"
"$tools/python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"

words=("$GATE_PREDICTIONS" --baseline "$GATE_BASELINE" --max-drop "$GATE_MAX_DROP")
words+=(--alpha "$GATE_ALPHA" --track "$GATE_TRACK" --split "$GATE_SPLIT")
[ -z "$GATE_GOLD" ] || words+=(--gold "$GATE_GOLD")
# Lists are separated by blanks; read splits them without expanding anything.
for pair in "--measure $GATE_MEASURES" "--by $GATE_BY" "--floor $GATE_FLOORS"; do
  read -r -a list <<<"${pair//$'\n'/ }"
  for value in "${list[@]:1}"; do words+=("${list[0]}" "$value"); done
done
mkdir -p "$GATE_REPORT"
for ending in json xml md; do words+=(--save "$GATE_REPORT/gate.$ending"); done

code=0
"$tools/qawl" gate --github "${words[@]}" || code=$?
case "$code" in
  0) verdict=passed ;;
  1) verdict=regression ;;
  2) verdict=usage ;;
  *) verdict=invalid-input ;;
esac
printf 'verdict=%s\nreport=%s\n' "$verdict" "${GATE_REPORT//$'\n'/}" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
