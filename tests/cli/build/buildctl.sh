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
build --with buildctl --global=--addr --global=tcp://x .
echo "--- what becomes of the image"
ctl -o out .
ctl -o - .
ctl -o type=docker,dest=x.tar -t a -t b .
ctl -o type=registry -t r/a .
ctl -o type=local,dest=d -t a .
ctl -o type=cacheonly .
ctl --push -t r/a .
ctl --push -o type=image,oci-mediatypes=true -o type=tar,dest=t -t r/a .
ctl --push=false --load=false .
echo "--- values"
ctl --add-host a:1.2.3.4 --add-host b=[::1],5.6.7.8 --ulimit nofile=1:2 --ulimit core=0 .
ctl --network host .
ctl --network default --shm-size 64m --progress none .
ctl --shm-size 2GiB --no-cache-filter a --no-cache-filter b --cgroup-parent g .
ctl --provenance mode=max --sbom true --attest type=sbom,generator=img .
ctl --provenance=false --attest type=sbom,disabled=true .
ctl --build-arg BUILDKIT_INLINE_CACHE=1 --allow security.insecure --ssh default .
ctl --pull=false --no-cache=true --rm --force-rm=true --compress --squash=false .
ctl --call outline .
ctl --frontend dockerfile.v0 --call build --no-such --no-such=x .
echo "--- refused"
for words in '--iidfile f' '-m 1g' '-c 2' '--cpu-quota 1' '--load' '-o type=docker' '-o a=b,c' \
	'--annotation a=b' '--check' '--call check' '--squash' '--policy x' '--security-opt x' \
	'--isolation x' '--network mynet' '--add-host x' '--add-host x=host-gateway' \
	'--shm-size big' '--shm-size 9999999999g' '--pull=always' '--cap-add X' '--attest a=b' \
	'--local context=x' '--local dockerfile=x' '--opt target=x' '--opt build-arg:A=1' \
	'--opt filename=x' '--opt platform=x' '--opt context:a=b' '--frontend gateway.v0' \
	'--resource memory=1g' '--addr tcp://x' '--addr=tcp://x' '--debug'; do
	code build --with buildctl --dry-run -q $words . 2>&1
done
code build --with buildctl --dry-run -q . --label 2>&1
