/* SPDX-License-Identifier: Apache-2.0 */
/* replay DIR... - runs a fuzz target over the files of a corpus, without libFuzzer. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static bool replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	long size = -1;
	bool good = false;

	if (file && !fseek(file, 0, SEEK_END))
		size = ftell(file);
	if (size >= 0 && !fseek(file, 0, SEEK_SET))
		data = malloc((size_t)size + 1);
	/* Exactly as long as the input, so that a sanitizer sees reads behind it. */
	if (data)
		data = realloc(data, size ? (size_t)size : 1);
	if (data && fread(data, 1, (size_t)size, file) == (size_t)size) {
		/* Seen when the target aborts. */
		fprintf(stderr, "%s\n", path);
		LLVMFuzzerTestOneInput(data, (size_t)size);
		good = true;
	}
	if (!good)
		fprintf(stderr, "%s: cannot be read\n", path);
	free(data);
	if (file)
		fclose(file);
	return good;
}

static unsigned replay_all(const char *dir, unsigned *failed)
{
	struct dirent **names;
	int n = scandir(dir, &names, NULL, alphasort);
	unsigned passed = 0;
	char path[4096];

	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] != '.') {
			snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
			if (replay(path))
				passed++;
			else
				++*failed;
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return passed;
}

int main(int argc, char **argv)
{
	unsigned passed = 0, failed = 0;

	for (int i = 1; i < argc; i++)
		passed += replay_all(argv[i], &failed);
	printf("%u passed, %u failed\n", passed, failed);
	return failed || !passed;
}
