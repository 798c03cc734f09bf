# SPDX-License-Identifier: Apache-2.0
# jettison alone in an image:
#   docker build -t jettison .
#   docker run --rm -v "$PWD:/context:ro" jettison list
FROM debian:12 AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
    cmake gcc libc6-dev libxxhash-dev ninja-build
WORKDIR /jettison
COPY CMakeLists.txt ./
COPY bench/CMakeLists.txt bench/
COPY cmake cmake
COPY docs/jettison.1 docs/
COPY include include
COPY src src
COPY tests/CMakeLists.txt tests/
COPY tests/cli/CMakeLists.txt tests/cli/
RUN cmake -G Ninja -B build -DCMAKE_BUILD_TYPE=Release -DJET_PROGRAM_ONLY=ON \
    -DCMAKE_EXE_LINKER_FLAGS=-static && \
    cmake --build build --target jettison

FROM scratch
COPY --from=build /jettison/build/jettison /usr/bin/
WORKDIR /context
ENTRYPOINT ["/usr/bin/jettison"]
CMD ["--help"]
