# SPDX-License-Identifier: Apache-2.0
# The options of scope needed do nothing elsewhere; a script may always give them.
files a
code j list --target=x
code j list --build-arg=a
code j list --build-context=a=b
code j list --platform=linux/arm64
code j list --env a=b
code j why --target x a
echo "but they have to make sense"
code j list --build-context=a
code j list --build-context==a
code j list --build-arg==a
code j list --build-arg=
code j list --env=a
code j list --platform
