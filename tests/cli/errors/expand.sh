# SPDX-License-Identifier: Apache-2.0
files a
refused 'FROM x' 'COPY ["${A:?give it}", "/"]'
refused 'FROM x' 'COPY a ${A?}'
refused 'FROM x' 'COPY ${A:-a b} /'
refused 'FROM x' 'COPY "a /'
refused 'FROM x' 'COPY ${A~b} /'
refused 'FROM x' 'WORKDIR ${}'
refused 'FROM x' 'COPY --from=$X a /'
refused 'FROM $NOTHING'
refused 'FROM --platform=$NOTHING x'
refused 'ARG A=${B:?first}' 'FROM x'
