# SPDX-License-Identifier: Apache-2.0
# Columns are those of a terminal, whatever stands in the names; what is no number of bytes
# is said in words. The bars begin in one column: python counts them.
mkdir one two
long=$(printf '日本語の長い名前%.0s' 1 2 3 4)
put() {
	printf "$2" >"two/$(printf "$1")"
}
put '日本.txt' 0123456789
put 'e\314\201te\314\201' 0123456
put '\360\237\232\200' 01234
put 'tab\tnl\n' 012
put 'latin\351' 01
put 'quo"te' 0
mkdir -p two/dir
put "$long" 0123456789
put "dir/$long" 0123
put "dir/\\001\\002$long" 012
put "$(printf 'x%.0s' $(seq 100))" 0123
printf 1234 >one/becomes-a-link
ln -s target two/becomes-a-link
ln -s target one/becomes-a-file
printf 12 >two/becomes-a-file
mkdir one/becomes-a-fifo
mkfifo two/becomes-a-fifo
ln -s a one/points
ln -s "$(printf 'very/long/target/%.0s' 1 2 3 4 5 6 7 8)" two/points
printf x >one/mode
printf x >two/mode
chmod 4711 two/mode
for columns in 60 80; do
	COLUMNS=$columns j diff --stat one two
done | tee ../table
python3 - <<'EOF'
import unicodedata

def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)

for line in open("../table", encoding="utf-8", errors="surrogateescape"):
    name, bar, rest = line.rstrip("\n").rpartition(" | ")
    print(columns(name), columns(line.rstrip("\n"))) if bar else print(line, end="")
EOF
