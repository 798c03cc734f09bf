# SPDX-License-Identifier: Apache-2.0
files a
for option in --target=x --build-arg=a --build-context=a=b --platform=linux/arm64; do
	code j list $option
done
