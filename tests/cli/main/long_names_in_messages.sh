# SPDX-License-Identifier: Apache-2.0
# Cut at the front, where a path says least.
long=$(python3 -c 'print("/".join(["abcdefghi"] * 300))')
code j list "$long"
code j list "$(python3 -c 'print("x" * 3000)')" 2>&1 | sed 's/: [^:]*$//'
code j why "$long"
code j "$(python3 -c 'print("x" * 3000)')"
code j list --builder "$(python3 -c 'print("x" * 3000)')"
code j list -f "$long"
