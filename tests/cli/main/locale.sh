# SPDX-License-Identifier: Apache-2.0
# Neither messages nor order depend on it.
files B a "$(printf '\303\251')" nowhere.txt
for locale in C C.UTF-8 de_DE.UTF-8 tr_TR; do
	LC_ALL=$locale LANG=$locale "$JETTISON" list --scope context
	LC_ALL=$locale LANG=$locale "$JETTISON" list --scope context nowhere
done
