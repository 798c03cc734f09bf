# SPDX-License-Identifier: Apache-2.0
# A pattern that does not compile, which BuildKit's client finds when it asks it.
files a/x 'a/[b-a]' src/s
for sources in 'a/[b-a]' 'src *x*[' 'a/[[]b-a]'; do
	dockerfile 'FROM scratch' "COPY $sources /x/"
	code jettison list
	jettison list --json 2>/dev/null | grep error
done 2>&1
