# SPDX-License-Identifier: Apache-2.0
# The builder gets every signal, once, and has the time it needs.
. "$CLI/build/fake"
fake docker
cat >../bin/docker <<'END'
#!/bin/sh
case $1 in --version) exit ;; esac
trap 'echo "got HUP"; exit 7' HUP
trap 'echo "got INT"; exit 7' INT
trap 'echo "got TERM"; exit 7' TERM
trap 'echo "got QUIT"; exit 7' QUIT
>"$READY"
while :; do sleep 0.05; done
END
export SEEN="$PWD/../seen" READY="$PWD/../ready" DOCKER_BUILDKIT=1 PATH="$bin:$PATH"
files a
dockerfile 'FROM scratch' 'COPY a /'
for signal in SIGINT SIGTERM SIGHUP SIGQUIT; do
	python3 "$CLI/build/interrupt.py" $signal "$READY" "$JETTISON" build .
done
echo "--- as the terminal does it, to both"
cp ../bin/docker ../bin/docker.usual
# In the background, where the terminal's does not come: it must not come from us.
cat >../bin/docker <<END
#!$(command -v python3)
import os, signal, sys, time
if sys.argv[1] != "--version":
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, lambda *_: print("sent on", flush=True))
    open(os.environ["READY"], "w").close()
    time.sleep(0.5)
    sys.exit(7)
END
python3 "$CLI/build/interrupt.py" --group SIGINT "$READY" "$JETTISON" build .
mv ../bin/docker.usual ../bin/docker
python3 "$CLI/build/interrupt.py" --group SIGINT "$READY" "$JETTISON" build .
echo "--- while it is being sent a file"
truncate -s 1T big
dockerfile 'FROM scratch' 'COPY big /'
python3 "$CLI/build/interrupt.py" SIGINT "$READY" "$JETTISON" build .
sed "s/^trap.*INT$/trap '' INT/" ../bin/docker >../bin/podman
chmod +x ../bin/podman
python3 "$CLI/build/interrupt.py" SIGINT "$READY" "$JETTISON" build --with podman .
echo "--- with a directory"
rm big
rules Dockerfile
dockerfile 'FROM scratch' 'COPY . /'
python3 "$CLI/build/interrupt.py" SIGINT "$READY" "$JETTISON" build .
ls "$TMPDIR"
echo "--- one that ends well all the same"
sed -i 's/exit 7/exit 0/' ../bin/docker
python3 "$CLI/build/interrupt.py" SIGINT "$READY" "$JETTISON" build .
echo "--- what is ignored stays ignored"
# A shell would stop holding signals back.  python itself ignores PIPE and XFSZ.
cat >../bin/docker <<END
#!$(command -v python3)
import os, sys
if sys.argv[1] != "--version":
    sys.stdin.buffer.read()
    with open("/proc/self/status") as status:
        print("".join(line for line in status if line.startswith(("SigBlk", "SigIgn"))), end="", flush=True)
    os.execvp("sh", ["sh", "-c", 'ls /proc/self/fd >"\$SEEN"'])
END
python3 -c 'import signal, os, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$JETTISON" build --builder classic .
echo "--- and it has no descriptors that we have not"
ls /proc/self/fd </dev/null >../own
cmp ../own "$SEEN"
