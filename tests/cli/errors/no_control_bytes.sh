# SPDX-License-Identifier: Apache-2.0
# Whatever stands in names, rules and a Dockerfile: no control character reaches the
# terminal but the end of a line.
E=$(printf '\033]0;X\a\177\r')
N='
'
bad="b$E${N}c"
ctx="ctx$bad"
files "$ctx/$bad/f" "$ctx/left$bad" "$ctx/plain" "other$bad/of"
ln -s "none$bad" "$ctx/dang$E"
ln -s "left$bad" "$ctx/tolog$E"
ln -s "$bad" "$ctx/lnk$E"
D="Docker$bad"
# JSON for a name in COPY.
J='b\u001b]0;X\u0007\u007f\r\nc'

# said COMMAND...: what it gives has no control character in it.
said() {
	"$JETTISON" "$@" >said.out 2>said.err && good=$((good + 1))
	tr -d '\n' <said.out | grep -aq '[[:cntrl:]]' && echo "stdout of $*" | cat -v
	tr -d '\n' <said.err | grep -aq '[[:cntrl:]]' && echo "stderr of $*" | cat -v
	n=$((n + 1))
}

# everything: every command about the context at hand.
everything() {
	printf '%s\n' "$@" >"$ctx/$D"
	for builder in buildkit classic buildah; do
		set -- -f "$ctx/$D" --platform linux/amd64,linux/arm64
		# The classic builder knows no other contexts.
		[ $builder = classic ] || set -- "$@" --build-context "o$E=other$bad"
		for verb in list "list --by" "list --json" "list -l" "list --ignored" plan "plan --json" \
			"plan --dot" manifest "list -v" "plan -v"; do
			# shellcheck disable=SC2086
			said $verb --builder $builder "$@" "$ctx"
		done
		for how in --color=never --json --trace "--scope context"; do
			# shellcheck disable=SC2086
			said why $how --builder $builder "$@" -C "$ctx" "$bad/f" "$bad" "left$bad" \
				plain "miss$bad" "lnk$E/f" "tolog$E" "dang$E" "../$bad" "$bad/g"
		done
		said why -q --builder $builder "$@" -C "$ctx" "left$bad"
		said list --builder $builder --target "t$bad" "$@" "$ctx"
		said list --builder $builder --platform "p$bad/x" "$@" "$ctx"
		"$JETTISON" pack --builder $builder "$@" "$ctx" 2>said.err >/dev/null
		tr -d '\n' <said.err | grep -aq '[[:cntrl:]]' && echo "stderr of pack"
	done
}

n=0 good=0
# BuildKit refuses rules with such bytes; the classic builder takes the other file.
printf 'left*\n!x\nplainx\n' >"$ctx/$D.dockerignore"
printf 'left*%s\n# c%s\n!x%s\nplain%s\nleft*\n' "$E" "$E" "$E" "$E" >"$ctx/.dockerignore"
everything "# syntax=x$E" 'FROM alpine AS a' "COPY [\"$J\", \"/$J\"]" "LABEL x=$E" "ENV X=$E" \
	"RUN --mount=source=plain,target=/p echo $E" "WORKDIR /$E" 'FROM a' 'COPY plain /'
everything "# syntax=x$E" 'FROM alpine' "COPY \$V plain /"
everything "# syntax=x$E" "FROM im$E AS a" "COPY [\"$J\", \"/$J\"]" "FROM a" \
	"COPY --from=f$E /x /" "COPY --from=o$E of /" "RUN --mount=source=plain,target=/p echo $E" \
	"COPY p\$V$E /" 'COPY plain /' "WORKDIR /$E"
everything "# syntax=x$E" "FROM im$E" "COPY \$V$E /" "COPY p* /"
everything 'FROM x' "COPY [\"$J\", \"plain\", \"/$J/\"]" "COPY \${Vx:-plain} /" 'FROM y'
everything 'FROM x' "COPY [\"left$J\", \"/\"]"
everything 'FROM x' "COPY [\"nowhere$J\", \"/\"]"
everything 'FROM x' "COPY [\"$J/*.none\", \"/\"]"
everything 'FROM x' "COPY tolog* /"
everything 'FROM x' "COPY dang* /"
everything 'FROM x' "COPY --from=9 $E /" "FRO$E x"
everything "FROM x AS A$E" 'COPY . /'
everything 'FROM x' "COPY \${x:?no$E} /"
everything 'FROM x' "RUN --mount=type=bind,so$E=x true"
said list -f "no$bad" "$ctx"
said list "no$bad"
said "no$bad"
said list "--no$bad"
said list --builder "no$bad"
said list --scope context --ignore-file "no$bad" "$ctx"
printf '[%s\n' "$E" >"$ctx/$D.dockerignore"
everything 'FROM x' 'COPY . /'
echo "$n answers, of them $good without an error"
# It can fail: -0 and the test itself let everything through.
"$JETTISON" list -0 --scope tree "$ctx" | grep -aq '[[:cntrl:]]' && echo "-0 is raw"

# What UTF-8 has of control characters: C1, and those that turn the order of text around.
mkdir -p u
U=
for code in 200 233 237; do U=$U$(printf "a\302\\$code"); done
for code in 216 217 252 256; do U=$U$(printf "b\342\200\\$code"); done
for code in 246 251; do U=$U$(printf "c\342\201\\$code"); done
U=$U$(printf 'd\330\234')
# Neighbours that are shown: a blank, a dash, a link, a letter, and a lone byte.
kept=$(printf '\302\240\342\200\257\342\201\245\330\233\302')
files "u/$U" "u/left$U" "u/$kept"
printf 'left*\n' >u/.dockerignore
bytes=$(printf '\302[\200-\237]|\330\234|\342\200[\216\217\252-\256]|\342\201[\246-\251]')

# hides COMMAND...: none of them is in what it gives.
hides() {
	"$JETTISON" "$@" >said.out 2>said.err
	LC_ALL=C grep -aE "$bytes" said.out said.err && echo "of $*"
}

for lines in "COPY $U /x/" "COPY left$U /x/" "COPY no$U /x/" "COPY no$U* /x/" "FRO$U x" \
	"COPY --from=no$U x /x/" "COPY --x$U x /x/"; do
	printf 'FROM x\n%s\n' "$lines" >u/Dockerfile
	for verb in list "list --by" "list -l" "list --ignored" plan "plan --dot" "list -v"; do
		# shellcheck disable=SC2086
		hides $verb u
	done
	hides why -C u "$U" "left$U" "no$U"
done
"$JETTISON" list --scope tree u
"$JETTISON" list -0 --scope tree u | LC_ALL=C grep -acE "$bytes"
"$JETTISON" list -0 --scope tree u | tr '\0' '\n' | LC_ALL=C grep -acF "$kept"
