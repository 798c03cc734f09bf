# SPDX-License-Identifier: Apache-2.0
# Odd archives, as builders unpack them.
built_in archive
cat >../odd.py <<'PY'
import io, sys, tarfile
T = tarfile
tar = T.open(fileobj=sys.stdout.buffer, mode="w|", format=T.PAX_FORMAT)
def add(name, text="", type=T.REGTYPE, link="", mode=0o644):
    m = T.TarInfo(name)
    m.type, m.linkname, m.mode, m.size, m.mtime = type, link, mode, len(text), 1700000000.5
    tar.addfile(m, io.BytesIO(text.encode()))
for words in open(sys.argv[1], encoding="utf-8", errors="surrogateescape").read().splitlines():
    name, what, value = words.split(" ")
    add(name, **{"file": dict(text=value), "dir": dict(type=T.DIRTYPE, mode=0o755),
                 "link": dict(type=T.SYMTYPE, link=value), "hard": dict(type=T.LNKTYPE, link=value),
                 "fifo": dict(type=T.FIFOTYPE), "char": dict(type=T.CHRTYPE)}[what])
tar.close()
PY
odd() {
	echo "--- $*"
	printf '%s\n' "$@" >../spec
	python3 ../odd.py ../spec | code jettison list --scope tree --dirs -l - 2>&1
}
odd '../up/x file text' '/abs file x' './here/ dir ' 'a//b/./c file x'
odd 'a file one' 'a file three' 'd/x file x' 'd link a'
odd 'd dir ' 'l link /d' 'l/x file x' 'x hard d/x'
odd '.wh.x file x' 'x file x' 'p fifo ' 'c char '
odd 'a file x' 'b hard none'
odd 'a file x' 'a/b file x'
odd "$(printf 'n\351%0300d file x' 0)" 'ä/ö link ü'
odd 'Dockerfile file FROM' 'sub/deep/y file x'
