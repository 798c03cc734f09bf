# SPDX-License-Identifier: Apache-2.0
# libarchive reads it back, and makes an archive of it that has every name, mode, time
# and content.
built_in sha256
odd_names
mkfifo fifo
chmod 1750 odd
dated odd/* odd ./* fifo
j manifest --format mtree --hash sha256,xxh128 >../m
bsdtar -cf ../t.tar @../m 2>/dev/null && mkdir ../out && bsdtar -xpf ../t.tar -C ../out
cd ../out && j manifest --format mtree --hash sha256,xxh128 >../back
cmp ../m ../back && grep -vc '^#' ../m
# The names are escaped as libarchive itself does it, and those that a shell's pattern
# could be made of, too: BSD's mtree takes names for patterns.
cd ../work && bsdtar -cf - --format=mtree --options='!all,type' . 2>/dev/null | sed 1,2d |
	cut -d' ' -f1 | sort >../theirs
grep -v '^#' ../m | cut -d' ' -f1 | sed 's/\\052/*/; s/\\133/[/; s/\\077/?/' | sort >../ours
diff ../ours ../theirs && grep -o '[^/]*\\052[^ ]*' ../m
