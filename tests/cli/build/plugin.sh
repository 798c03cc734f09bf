# SPDX-License-Identifier: Apache-2.0
# docker runs docker-jettison, which runs docker.
. "$CLI/build/fake"
fake docker
app
ln -s "$JETTISON" ../bin/docker-jettison
export PATH="$bin:$tools:$PATH"
docker-jettison docker-cli-plugin-metadata | python3 -c '
import json, sys
for name, value in json.load(sys.stdin).items():
    print(name, value.count(".") == 2 if name == "Version" else value)'
docker-jettison jettison build -t app .
docker-jettison -H tcp://h -D --context jettison jettison build .
docker-jettison -DH h --tls jettison build --dry-run .
docker-jettison --host=h jettison list
docker-jettison jettison --version | cut -c1-8
docker-jettison list
docker-jettison jettison help build | head -n 1
code docker-jettison --debug other 2>&1 | tail -n 1
code docker-jettison jettison
echo "--- the docker that was called"
mkdir ../other
cp ../bin/docker ../other/docker
DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND=../other/docker docker-jettison jettison build --dry-run .
DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND=moby docker-jettison jettison build --dry-run .
docker-jettison jettison build --dry-run --with buildx .
code jettison docker-cli-plugin-metadata
