# Sections of a check run: each one runs whatever the others said, and the last line counts.
# shellcheck shell=bash

passed=0
failed=0
failures=()
log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# section <title> <command…>: one check.
section() {
  local title="$1" start=$SECONDS
  shift
  printf '\n==> %s\n' "$title"
  if "$@" </dev/null; then
    passed=$((passed + 1))
    printf '==> %s: passed (%s s)\n' "$title" $((SECONDS - start))
  else
    failed=$((failed + 1))
    failures+=("$title")
    printf '==> %s: FAILED (%s s)\n' "$title" $((SECONDS - start))
  fi
}

# tests <title> <command…>: counts each test of mocha's summary; without a summary it counts as one failure.
tests() {
  local title="$1" status start=$SECONDS passing failing
  shift
  printf '\n==> %s\n' "$title"
  "$@" </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  passing="$(count passing)"
  failing="$(count failing)"
  if [ "$status" -ne 0 ] && [ "$failing" -eq 0 ]; then failing=1; fi
  passed=$((passed + passing))
  failed=$((failed + failing))
  if [ "$failing" -gt 0 ]; then failures+=("$title"); fi
  printf '==> %s: %s passed, %s failed, %s skipped (%s s)\n' \
    "$title" "$passing" "$failing" "$(count pending)" $((SECONDS - start))
}

# count <word>: the number before that word in mocha's summary.
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$log" | sed -n "s/^ *\([0-9][0-9]*\) $1.*/\1/p" | tail -n 1 | grep . || echo 0
}

# finish: the summary, and the exit code.
finish() {
  printf '\n'
  for title in "${failures[@]}"; do printf 'failed: %s\n' "$title"; done
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

# offer <package…>: installs what some tests use when this machine can; the tests say what they skip without it.
offer() {
  local package program missing=()
  for package in "$@"; do
    program="${package/#graphviz/dot}"
    command -v "${program/#bubblewrap/bwrap}" >/dev/null || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ] || ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then return; fi
  printf '==> installing %s\n' "${missing[*]}"
  { apt-get install -y -qq "${missing[@]}" || { apt-get update -qq && apt-get install -y -qq "${missing[@]}"; }; } \
    </dev/null >"$log" 2>&1 || { tail -n 5 "$log"; printf '==> not installed; tests that need %s are skipped\n' "${missing[*]}"; }
}

# without_bubblewrap <command…>: runs a command where nothing leads to bubblewrap, only to everything else.
without_bubblewrap() {
  local folder place places status
  folder="$(mktemp -d)"
  chmod 755 "$folder"
  IFS=: read -ra places <<<"$PATH"
  for place in "${places[@]}"; do
    # The first one of a name counts.
    if [ -d "$place" ]; then find "$place" -maxdepth 1 -mindepth 1 ! -name bwrap -exec ln -s -t "$folder" {} + 2>/dev/null; fi
  done
  PATH="$folder" "$@"
  status=$?
  rm -rf "$folder"
  return "$status"
}
