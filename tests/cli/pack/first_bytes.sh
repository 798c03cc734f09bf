# SPDX-License-Identifier: Apache-2.0
# No archive begins with what a builder takes for a compressed stream.
# No Dockerfile is there to come first.
for name in BZhello "$(printf '\037\213\b')" "$(printf '(\265/\375')" ']' BZ; do
	files "$name"
	j pack --normalize | tar -t | head -n 2
	rm -r "${name%%/*}"
done
