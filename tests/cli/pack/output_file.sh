# SPDX-License-Identifier: Apache-2.0
# Made with the mode that the umask allows; nothing else is left beside it.
files ctx/a
mkdir out
j pack -o out/ctx.tar ctx
stat -c '%a %n' out/*
(
	umask 077
	j pack --output=out/private.tar ctx
)
stat -c '%a %n' out/*
