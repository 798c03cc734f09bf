# SPDX-License-Identifier: Apache-2.0
# Planned, and said so.
files a
code j why --target x a
