/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz.h - what the fuzz targets share.
 *
 * A target is one LLVMFuzzerTestOneInput(), driven by libFuzzer (preset "fuzz")
 * or by replay.c, which goes through the corpus once.
 *
 * Inputs of fuzz_match and fuzz_walk: a byte of choices, an ignore file, a line
 * "--", then paths, each ended by NUL.  So a corpus can be read and written by
 * people, and mutations cross over well.
 */
#ifndef JET_TESTS_FUZZ_H
#define JET_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz_input {
	uint8_t choice;
	const char *list; /* the ignore file */
	size_t list_len;
	const char *rest; /* what the paths are taken from */
	size_t rest_len;
};

/** fuzz_split() - takes an input apart; false when there is nothing in it. */
bool fuzz_split(const uint8_t *data, size_t size, struct fuzz_input *in);

/** fuzz_next() - the next path; moves in->rest on.  False at the end. */
bool fuzz_next(struct fuzz_input *in, const char **s, size_t *len);

/** fuzz_fail() - says what is wrong and aborts. */
_Noreturn void fuzz_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
