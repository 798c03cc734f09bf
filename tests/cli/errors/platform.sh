# SPDX-License-Identifier: Apache-2.0
refused 'FROM --platform=linux/amd64/v1/more x'
refused 'FROM --platform=$TARGETOS/ x'
code jettison list --platform linux/
code jettison list --json --platform a/b/c/d/e
