/* SPDX-License-Identifier: Apache-2.0 */
#include "base/lazy.h"

#include "base/error.h"

#include <dlfcn.h>
#include <string.h>

int jet_lazy_open(void **lib, const char *soname, const char *const *names, void *table,
                  size_t size, struct jet_error *err)
{
	const size_t n = size / sizeof(void (*)(void));

	/* Never unmapped: what the library has registered for the end of the program, or
	 * per thread, must still be there then. */
	*lib = dlopen(soname, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!*lib)
		return jet_fail(err, JET_E_IO, NULL, "this needs the library %s: %.150s", soname, dlerror());
	for (size_t i = 0; i < n; i++) {
		void *function = dlsym(*lib, names[i]);

		if (!function) {
			jet_lazy_close(*lib);
			*lib = NULL;
			return jet_fail(err, JET_E_IO, NULL, "the library %s has no %s", soname, names[i]);
		}
		/* ISO C knows no way from an object's pointer to a function's; POSIX does. */
		memcpy((char *)table + i * sizeof(function), &function, sizeof(function));
	}
	return 0;
}

void jet_lazy_close(void *lib)
{
	if (lib)
		dlclose(lib);
}
