# SPDX-License-Identifier: Apache-2.0
# Nothing is looked at through a link: a path below one is missing.
files real/a
ln -s real link
ln -s / root
rules 'link/a'
j why link link/a root/etc real/a
j why -v link/a
