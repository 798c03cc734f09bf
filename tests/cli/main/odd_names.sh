# SPDX-License-Identifier: Apache-2.0
# Names of any bytes come through every command, and all JSON is JSON.
mkdir ctx
cat >check.py <<'END'
import base64, io, json, os, subprocess, sys, tarfile
J = os.environ["JETTISON"]
os.chdir(b"ctx")
names = [b"new\nline", b'quo"te', b"inv\xffalid", b"tab\t", b"back\\slash", b"\xc3\xa9", b" lead",
         b"trail ", b"-dash", b"\x01ctl", b"\xed\xa0\x80", b"*", b"[z]", b"\x7f", b"a" * 255]
for n in names:
    open(n, "wb").close()
    os.symlink(n, b"l-" + n[:200])
os.mkdir(b"d\n\xff")
open(b"d\n\xff/f", "wb").close()
open("Dockerfile", "w").write("FROM x\nCOPY . /\n")
want = sorted(os.path.join(r, n)[2:] for r, d, f in os.walk(b".") for n in f + d)

def run(*words, given=b""):
    return subprocess.run([J, *words], input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

def objects(done):
    return [json.loads(line.decode()) for line in done.stdout.split(b"\n")[:-1]]

def path(o):
    return base64.b64decode(o["path_b64"]) if "path_b64" in o else o["path"].encode()

for words in ("list --json --dirs", "manifest", "list --json --dirs --scope tree"):
    print(words, sorted(map(path, objects(run(*words.split())))) == want)
listed = run("list", "-0", "--dirs").stdout.split(b"\0")[:-1]
print("list -0", sorted(n.rstrip(b"/") for n in listed) == want)
shown = run("list", "--dirs").stdout
print("read back", run("why", "--stdin", given=shown).stdout.count(b": shipped") == len(want))
print("why -0", run("why", "--stdin", "-0", given=b"\0".join(want)).stdout.count(b"\0") == len(want))
print("why", [path(o) for o in objects(run("why", "--json", "--", *map(os.fsdecode, want)))] == want)
print("trace", [path(o) for o in objects(run("why", "--json", "--trace", "--stdin", "-0",
                                             given=b"\0".join(want)))] == want)
print("plan", len(json.loads(run("plan", "--json").stdout)) > 0, len(objects(run("list", "--by", "--json"))))
tar = tarfile.open(fileobj=io.BytesIO(run("pack").stdout))
print("pack", sorted(os.fsencode(n) for n in tar.getnames()) == want)
bad = 'n"o\n\udcff'
for words in (["list", bad], ["list", "--target", bad], ["why", "/" + bad], ["list", "-f", bad],
              ["list", "--builder", bad], ["pack", "-o", "/no/" + bad], ["plan", "--env", bad],
              ["manifest", "--ignore-file", bad], ["why", "-C", bad, "a"], ["list", "--" + bad]):
    done = run(*words, "--json")
    print(words[:2][0], done.returncode, len(objects(done)), done.stderr.count(b"\n"),
          done.stderr.startswith(b"jettison: "))
END
python3 check.py
