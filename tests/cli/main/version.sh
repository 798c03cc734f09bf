# SPDX-License-Identifier: Apache-2.0
j --version | sed 's/[0-9][0-9]*/N/g'
