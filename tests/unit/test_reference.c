/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/reference.h"

#include <criterion/criterion.h>
#include <string.h>

static struct jet_str str(const char *text)
{
	return (struct jet_str){ text, strlen(text) };
}

#define H8 "01234567"
#define H32 H8 H8 H8 H8
#define A32 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A64 A32 A32

/* What docker 20.10's embedded BuildKit says to FROM with it. */
Test(reference, is_refused_as_docker_does)
{
	static const char bad[] = "invalid reference format";
	static const char upper[] = "invalid reference format: repository name must be lowercase";
	static const char length[] = "invalid checksum digest length";
	static const struct {
		const char *text, *want; /* NULL: it is good */
	} rows[] = {
		{ "a", NULL }, { "a:1", NULL }, { "a/b/c:x_Y.1-2", NULL }, { "a__b", NULL }, { "a--b", NULL },
		{ "a.b/c", NULL }, { "A.b/c", NULL }, { "h:5000/a", NULL }, { "h-1.x:5000/a/b:1", NULL },
		{ "localhost/a", NULL }, { "[::1]:5000/a", NULL }, { "a1.b_c-d", NULL },
		{ "A/b", NULL }, /* a host, to docker since 23; 20.10 refuses it */
		{ "a@sha256:" H32 H32, NULL }, { "a:x@sha256:" H32 H32, NULL },
		{ "a@sha512:" H32 H32 H32 H32, NULL },
		{ "BUSY", upper }, { "localhost/A", upper }, { "BUSY:::", upper },
		{ "$X", upper }, { "a:", bad }, { "a:b:c", bad }, { "a//b", bad }, { "/a", bad },
		{ "a/", bad },
		{ "a_-b", bad }, { "a..b", bad }, { "a___b", bad }, { "-a", bad }, { "a-", bad }, { "", bad },
		{ "a:-b", bad }, { "a:.b", bad }, { "a b", bad }, { "h:x/a", bad }, { "-h.x/a", bad },
		{ "h-.x/a", bad }, { "h..x/a", bad }, { "docker://a", bad }, { "a@", bad }, { "a@b@", bad },
		{ "[::g]/a", bad }, { "[]/a", bad }, { "\xc3\xbc", bad },
		{ "a@sha256:aa", bad }, { "a:1@sha256:aa", bad }, { "a@sha256:" H32, length },
		{ "a@sha256:" H32 H32 H8, length }, { "a@sha256:" H32 H8 H8 H8 "0123456A",
		  "invalid checksum digest format" }, { "a@sha256:" H32 H8 H8 H8 "0123456g", bad },
		{ "a@md5:" H32, "unsupported digest algorithm" }, { "a@1:" H32, bad },
		{ "a@x+y.z:" H32, "unsupported digest algorithm" }, { "a@x+:" H32, bad },
		{ A64, "invalid repository name: it cannot be 64 hexadecimal digits" },
		{ "x/" A64, NULL }, { A64 "a", NULL },
		{ A64 "/" A64 "/" A64 "/" A32 "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
		{ A64 "/" A64 "/" A64 "/" A64, "repository name must not be more than 255 characters" },
		{ "a:" A64 A64, NULL }, { "a:" A64 A64 "a", bad },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = jet_reference_parse(str(rows[i].text), NULL);

		if (rows[i].want)
			cr_expect(got && strcmp(got, rows[i].want) == 0, "%s: %s", rows[i].text,
			          got ? got : "is good");
		else
			cr_expect_null(got, "%s: %s", rows[i].text, got);
	}
}

Test(reference, has_many_spellings)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "alpine", "alpine", true }, { "alpine", "alpine:latest", true },
		{ "alpine", "docker.io/library/alpine", true }, { "alpine", "library/alpine:latest", true },
		{ "index.docker.io/alpine", "alpine", true }, { "o/r", "docker.io/o/r", true },
		{ "library/a/b", "a/b", false }, { "alpine:3", "alpine", false }, { "a", "b", false },
		{ "h.x/alpine", "alpine", false }, { "h.x/library/alpine", "h.x/alpine", false },
		{ "A", "A", false }, { "a@sha256:" H32 H32, "a", false },
		{ "a@sha256:" H32 H32, "a@sha256:" H32 H32, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_reference_same(str(rows[i].a), str(rows[i].b)), rows[i].same, "%s and %s",
		             rows[i].a, rows[i].b);
}

Test(reference, can_be_of_an_official_image)
{
	static const char *const names[] = { "alpine", "debian", NULL };
	static const struct {
		const char *text;
		bool official;
	} rows[] = {
		{ "alpine", true }, { "debian:12", true }, { "library/alpine", true },
		{ "docker.io/alpine@sha256:" H32 H32, true }, { "busybox", false }, { "o/alpine", false },
		{ "h.x/alpine", false }, { "h.x/library/alpine", false }, { "alpine3", false },
		{ "Alpine", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_reference_official(str(rows[i].text), names), rows[i].official, "%s",
		             rows[i].text);
}
