# SPDX-License-Identifier: Apache-2.0
files a
rules a
j why --scope tree a .dockerignore
j why --scope tree -v -n a
