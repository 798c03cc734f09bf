# SPDX-License-Identifier: Apache-2.0
# "--" ends the options; a context may look like one.
files ./-l/a ./--/b
j list -- -l
j list -- --
j list ./-l
