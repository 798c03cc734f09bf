# SPDX-License-Identifier: Apache-2.0
# A builder that does not recognise it on standard input is named.
files a
for builder in buildkit classic classic-20.10 buildah; do
	for how in none gzip xz zstd; do
		echo "--- $builder $how"
		j pack --builder $builder --compress $how 2>&1 >/dev/null
	done
done
j pack -q --compress zstd 2>&1 >/dev/null
