# SPDX-License-Identifier: Apache-2.0
files a
code j list --json --bogus
code j list --json --builder x
code j list --bogus --json
code j list --json a b
code j pack --json --format zip
code j why --json
code j bogus --json
code j list --json nowhere
code j why --json ../x
code j list --json -f nowhere
