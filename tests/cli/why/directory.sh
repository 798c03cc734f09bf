# SPDX-License-Identifier: Apache-2.0
# Kept, ignored, and implied directories.
files kept/x left/x half/in half/out empty/
rules left half '!half/in' empty
j why kept left half empty
j why --json half
echo classic
j why --builder classic half half/in
