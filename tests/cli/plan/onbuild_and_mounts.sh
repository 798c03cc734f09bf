# SPDX-License-Identifier: Apache-2.0
# What a bind mount of a stage and a trigger read counts where it runs.
files a b
dockerfile 'FROM x AS base' 'ONBUILD RUN --mount=source=a,target=/a true' \
	'FROM base AS one' 'FROM base AS two' 'COPY --from=one /x /' 'RUN --mount=from=0,target=/y true'
jettison plan
