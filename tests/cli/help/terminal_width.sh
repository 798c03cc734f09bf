# SPDX-License-Identifier: Apache-2.0
# What the terminal says, where COLUMNS does not.
pty 'stty cols 50; "$JETTISON" list -h' | awk 'length($0) > w { w = length($0) } END { print (w > 45 && w <= 50) }'
pty 'stty cols 50; COLUMNS=70 "$JETTISON" list -h' | awk 'length($0) > w { w = length($0) } END { print (w > 60 && w <= 70) }'
