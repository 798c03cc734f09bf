# SPDX-License-Identifier: Apache-2.0
# buildctl has other names for docker's options.
. "$CLI/build/fake"
fake buildctl
files src/main.c docs/a.md
dockerfile 'FROM scratch AS x' 'COPY src /src' 'FROM x'
ctl() {
	build --with buildctl --dry-run -q "$@" | sed 's/ --progress=quiet//'
}
ctl .
ctl -t app --target=x --build-arg A=1 --build-arg B --label l=1 --network none . 2>&1
ctl --platform linux/amd64 --platform linux/arm64 .
B='x y' ctl --build-arg B --build-arg NONE .
ctl -t a -t b --no-cache --pull --secret id=s .
ctl --cache-from img --cache-to type=inline --metadata-file m -o type=tar,dest=x .
ctl --build-context d=docs --build-context i=docker-image://alpine .
ctl --opt x=y --local n=docs --export-cache type=inline --progress plain .
build --with buildctl --dry-run -q .
code build --with buildctl -t app -o type=docker .
build --with buildctl --global=--addr --global=tcp://x .
