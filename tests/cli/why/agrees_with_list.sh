# SPDX-License-Identifier: Apache-2.0
# What list --dirs shows is what ships, directories above it not excepted.
files b/d.md b/e.md b/c/q src/m.c src/deep/er/x log/a.log only/keep other/f
mkdir -p empty src/hollow
ln -s b/c link
rules '*.log' 'only' '!only/keep' 'other'
agrees() {
	find . -mindepth 1 -printf '%P\n' | sort >all
	"$JETTISON" list --dirs "$@" | sed 's,/$,,' | sort >shown
	"$JETTISON" why --stdin "$@" <all | sed -n 's/: shipped.*//p' | sort >told
	diff shown told >&2 && echo "$(grep -c . told) agree: $*"
}
for builder in buildkit classic classic-20.10 buildah; do
	for copy in 'b/d.md /o/' 'b /o/' '. /' 'link /o/' 'src/*/er /o/' 'only /o/' 'only/keep /o/'; do
		dockerfile 'FROM x' "COPY $copy"
		agrees --builder $builder
	done
	agrees --builder $builder --scope context
	agrees --builder $builder --scope tree
done
dockerfile 'FROM x' 'COPY --parents src/./**/x b/d* /' 'COPY --exclude=c b /o/'
agrees
