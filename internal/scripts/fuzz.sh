#!/bin/sh
# Runs every fuzz target of the module for FUZZTIME each. go test takes one target at a time.
set -eu
: "${GO:=go}" "${FUZZTIME:=30s}"
grep -rlE '^func Fuzz' --include='*_test.go' . | grep -v '^./bench/' | sort | while read -r file; do
	dir=$(dirname "$file")
	grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$file" | sed 's/^func //' | while read -r target; do
		echo "== $dir $target for $FUZZTIME"
		"$GO" test "$dir" -run '^$' -fuzz "^$target\$" -fuzztime "$FUZZTIME"
	done
done
