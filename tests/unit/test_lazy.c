/* SPDX-License-Identifier: Apache-2.0 */
#include "base/lazy.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#define FUNCTIONS(X) X(cos) X(ldexp)

struct api {
	FUNCTIONS(JET_LAZY_MEMBER)
};

static const char *const names[] = { FUNCTIONS(JET_LAZY_NAME) };

Test(lazy, functions_are_those_of_the_library)
{
	struct api api;
	void *lib;

	cr_assert_eq(jet_lazy_open(&lib, "libm.so.6", names, &api, sizeof(api), NULL), 0);
	cr_expect(api.cos(0) > 0.99);
	cr_expect(api.ldexp(1, 3) > 7.9);
	jet_lazy_close(lib);
	jet_lazy_close(NULL);
}

Test(lazy, what_is_not_there_is_said)
{
	static const char *const wrong[] = { "cos", "no_such_function" };
	struct jet_error err = { 0 };
	struct api api;
	void *lib;

	cr_expect_eq(jet_lazy_open(&lib, "libnothing.so.0", names, &api, sizeof(api), &err), JET_E_IO);
	cr_expect_null(lib);
	cr_expect(strstr(err.message, "libnothing.so.0"));
	cr_expect_eq(jet_lazy_open(&lib, "libm.so.6", wrong, &api, sizeof(api), &err), JET_E_IO);
	cr_expect_null(lib);
	cr_expect_str_eq(err.message, "the library libm.so.6 has no no_such_function");
}
