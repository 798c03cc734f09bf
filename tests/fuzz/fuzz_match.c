/* SPDX-License-Identifier: Apache-2.0 */
/* Reader, parser and engine against the slow twin: support/compare.h. */
#include "fuzz.h"
#include "support/compare.h"
#include "support/random.h"

#include <string.h>

enum { MAX_LIST = 4096, MAX_PATH = 200, MAX_PATHS = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t limits[] = { 0, 3000, 12000, 1 << 20 };
	char paths[MAX_PATHS][MAX_PATH], what[1000];
	struct compare_stats stats = { 0 };
	struct compare_case c = { .npaths = 0 };
	struct fuzz_input in;
	const char *s;
	size_t len;

	if (!fuzz_split(data, size, &in) || in.list_len > MAX_LIST)
		return 0;
	c.list = in.list;
	c.len = in.list_len;
	c.limit = limits[in.choice >> 2 & 3];
	while (c.npaths < MAX_PATHS && fuzz_next(&in, &s, &len)) {
		char *path = paths[c.npaths];

		len = len > MAX_PATH ? MAX_PATH : len;
		memcpy(path, s, len);
		len = random_plain(path, len);
		if (len)
			c.paths[c.npaths++] = (struct compare_path){ path, len };
	}
	if (!compare_case(&c, (enum jet_builder)(in.choice & 3), &stats, what, sizeof(what)))
		fuzz_fail("%s", what);
	return 0;
}
