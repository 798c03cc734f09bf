# SPDX-License-Identifier: Apache-2.0
files ctx/a outside
ln -s ../outside ctx/Dockerfile
j list ctx
