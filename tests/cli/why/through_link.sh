# SPDX-License-Identifier: Apache-2.0
# A path that goes through a link is that of the entry it comes to, whatever is asked.
files real/a
ln -s real link
ln -s / root
rules 'link/a'
j why link link/a root/etc real/a
j why -v -n link/a root/etc
