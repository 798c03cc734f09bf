# SPDX-License-Identifier: Apache-2.0
refused_at() {
	code jettison "$@"
	code jettison "$@" --json 2>/dev/null
}
refused_at list nowhere
refused_at list -f nowhere
refused_at list
dockerfile 'FROM x' 'COPY --from=c a /'
refused_at list --build-context c=nowhere
