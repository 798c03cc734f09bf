# SPDX-License-Identifier: Apache-2.0
files a
code j list --builder buildkti
code j list --builder docker
code j list --builder=
code j list --builder
