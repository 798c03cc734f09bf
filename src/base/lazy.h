/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lazy.h - a shared library that is opened when it is needed.
 *
 * libarchive brings ten other libraries along, libcrypto is big: linked in the usual way
 * they would cost every start of the program more than most of its work.  A struct has
 * one pointer per function; list and struct are made of one X-macro, so that the
 * compiler knows the types from the library's own header:
 *
 *   #define FUNCTIONS(X) X(archive_read_new) X(archive_read_free)
 *   struct api { FUNCTIONS(JET_LAZY_MEMBER) };
 *   static const char *const names[] = { FUNCTIONS(JET_LAZY_NAME) };
 *
 *   jet_lazy_open(&lib, JET_LIBARCHIVE_SONAME, names, &api, sizeof(api), err)
 */
#ifndef JET_BASE_LAZY_H
#define JET_BASE_LAZY_H

#include "jettison.h"

#define JET_LAZY_MEMBER(name) __typeof__(&(name)) name;
#define JET_LAZY_NAME(name) #name,

/**
 * jet_lazy_open() - opens a library and looks its functions up.
 * @lib: set to a handle for jet_lazy_close(); NULL on failure
 * @soname: "libarchive.so.13"
 * @names: of the functions, in the order of the pointers
 * @table, @size: the struct of pointers to functions
 *
 * Return: 0, or JET_E_IO when the library or one of them is not there.
 */
int jet_lazy_open(void **lib, const char *soname, const char *const *names, void *table,
                  size_t size, struct jet_error *err);

/** jet_lazy_close() - the functions may not be called any more.  Accepts NULL. */
void jet_lazy_close(void *lib);

#endif
