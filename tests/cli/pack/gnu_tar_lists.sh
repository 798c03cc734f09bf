# SPDX-License-Identifier: Apache-2.0
files a/b c
chmod 600 c
dated a/b a c
ln -s c link
dated link
j pack | tar -tv --full-time --numeric-owner --utc
