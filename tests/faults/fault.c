/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault.c - loaded before a program: makes one of its calls fail.
 *
 *   FAULT=KIND:NUMBER   the call of that kind, counted from 1, fails
 *   FAULT=KIND:0        none does; how many there were goes to descriptor 9
 *
 * The calls are those of the program and of its libraries, but not those that the C
 * library makes inside itself.  Kind "own" is kind "malloc" without the libraries: for
 * those that do not live through it themselves.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { COUNT_FD = 9 };

enum kind { OPEN, READ, WRITE, SYNC, RENAME, MALLOC, OWN, STAT, NKINDS };

static const struct {
	const char *name;
	int error;
} kinds[NKINDS] = {
	[OPEN] = { "open", EIO },     [READ] = { "read", EIO },       [WRITE] = { "write", ENOSPC },
	[SYNC] = { "sync", EIO },     [RENAME] = { "rename", EIO },   [MALLOC] = { "malloc", ENOMEM },
	[OWN] = { "own", ENOMEM },    [STAT] = { "stat", EIO },
};

static enum kind wanted = NKINDS;
static uintptr_t program_begin, program_end;
static long wanted_number;
static atomic_long seen;

/* The first object is the program. */
static int find_program(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size;
	(void)data;
	program_begin = UINTPTR_MAX;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const uintptr_t at = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

		if (info->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		if (at < program_begin)
			program_begin = at;
		if (at + info->dlpi_phdr[i].p_memsz > program_end)
			program_end = at + info->dlpi_phdr[i].p_memsz;
	}
	return 1;
}

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("FAULT"), *colon = text ? strchr(text, ':') : NULL;

	dl_iterate_phdr(find_program, NULL);
	for (int k = 0; colon && k < NKINDS; k++) {
		if (strlen(kinds[k].name) == (size_t)(colon - text) &&
		    memcmp(kinds[k].name, text, (size_t)(colon - text)) == 0) {
			wanted_number = atol(colon + 1);
			wanted = (enum kind)k;
		}
	}
}

__attribute__((destructor)) static void end(void)
{
	char line[32];
	int n;

	if (wanted == NKINDS || wanted_number)
		return;
	n = snprintf(line, sizeof(line), "%ld\n", atomic_load(&seen));
	wanted = NKINDS;
	syscall(SYS_write, COUNT_FD, line, (size_t)n);
}

static bool fails(enum kind kind)
{
	if (kind != wanted || atomic_fetch_add(&seen, 1) + 1 != wanted_number)
		return false;
	errno = kinds[kind].error;
	return true;
}

static bool fails_memory(const void *caller)
{
	const uintptr_t at = (uintptr_t)caller;

	return fails(MALLOC) || (at >= program_begin && at < program_end && fails(OWN));
}

#define REAL(name) \
	static __typeof__(&(name)) real; \
	if (!real) \
		real = (__typeof__(&(name)))dlsym(RTLD_NEXT, #name)

/* ---- memory ------------------------------------------------------------- */

/* dlsym() itself may want some before the real functions are known. */
static _Alignas(16) char early[16384];
static size_t early_used;
static volatile bool looking; /* the compiler believes that dlsym() never calls back */

static void *early_alloc(size_t n)
{
	void *p = early + early_used;

	n = (n + 15) / 16 * 16;
	if (n > sizeof(early) - early_used)
		abort();
	early_used += n;
	return p;
}

static bool is_early(const void *p)
{
	return (const char *)p >= early && (const char *)p < early + sizeof(early);
}

#define REAL_MEMORY(name, otherwise) \
	static __typeof__(&(name)) real; \
	if (!real) { \
		if (looking) \
			return otherwise; \
		looking = true; \
		real = (__typeof__(&(name)))dlsym(RTLD_NEXT, #name); \
		looking = false; \
	}

void *malloc(size_t n)
{
	REAL_MEMORY(malloc, early_alloc(n))
	return fails_memory(__builtin_return_address(0)) ? NULL : real(n);
}

void *calloc(size_t n, size_t size)
{
	REAL_MEMORY(calloc, early_alloc(n * size))
	return fails_memory(__builtin_return_address(0)) ? NULL : real(n, size);
}

void *realloc(void *p, size_t n)
{
	REAL_MEMORY(realloc, early_alloc(n))
	if (is_early(p)) {
		void *moved = malloc(n);

		return moved ? memcpy(moved, p, n) : NULL;
	}
	return fails_memory(__builtin_return_address(0)) ? NULL : real(p, n);
}

int posix_memalign(void **out, size_t align, size_t n)
{
	REAL(posix_memalign);
	return fails_memory(__builtin_return_address(0)) ? ENOMEM : real(out, align, n);
}

void free(void *p)
{
	REAL_MEMORY(free, (void)0)
	if (!is_early(p))
		real(p);
}

/* ---- files -------------------------------------------------------------- */

static mode_t mode_of(int flags, va_list ap)
{
	return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(ap, mode_t) : 0;
}

#define OPEN_FUNCTION(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list ap; \
		mode_t mode; \
		REAL(name); \
		va_start(ap, flags); \
		mode = mode_of(flags, ap); \
		va_end(ap); \
		return fails(OPEN) ? -1 : real(path, flags, mode); \
	}

#define OPENAT_FUNCTION(name) \
	int name(int dir, const char *path, int flags, ...) \
	{ \
		va_list ap; \
		mode_t mode; \
		REAL(name); \
		va_start(ap, flags); \
		mode = mode_of(flags, ap); \
		va_end(ap); \
		return fails(OPEN) ? -1 : real(dir, path, flags, mode); \
	}

OPEN_FUNCTION(open)
OPEN_FUNCTION(open64)
OPENAT_FUNCTION(openat)
OPENAT_FUNCTION(openat64)

#define FUNCTION(kind, type, failed, name, parameters, arguments) \
	type name parameters \
	{ \
		REAL(name); \
		return fails(kind) ? failed : real arguments; \
	}

FUNCTION(READ, ssize_t, -1, read, (int fd, void *data, size_t n), (fd, data, n))
FUNCTION(READ, ssize_t, -1, pread, (int fd, void *data, size_t n, off_t at), (fd, data, n, at))
FUNCTION(READ, ssize_t, -1, pread64, (int fd, void *data, size_t n, off64_t at), (fd, data, n, at))
FUNCTION(WRITE, ssize_t, -1, write, (int fd, const void *data, size_t n), (fd, data, n))
FUNCTION(WRITE, ssize_t, -1, pwrite, (int fd, const void *data, size_t n, off_t at), (fd, data, n, at))
FUNCTION(WRITE, ssize_t, -1, pwrite64, (int fd, const void *data, size_t n, off64_t at),
         (fd, data, n, at))
FUNCTION(WRITE, int, -1, ftruncate, (int fd, off_t n), (fd, n))
FUNCTION(WRITE, int, -1, ftruncate64, (int fd, off64_t n), (fd, n))
FUNCTION(WRITE, int, -1, mkdirat, (int dir, const char *name, mode_t mode), (dir, name, mode))
FUNCTION(WRITE, int, -1, symlinkat, (const char *to, int dir, const char *name), (to, dir, name))
FUNCTION(SYNC, int, -1, fsync, (int fd), (fd))
FUNCTION(SYNC, int, -1, fdatasync, (int fd), (fd))
FUNCTION(RENAME, int, -1, rename, (const char *from, const char *to), (from, to))
FUNCTION(RENAME, int, -1, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
FUNCTION(RENAME, int, -1, linkat, (int a, const char *from, int b, const char *to, int flags),
         (a, from, b, to, flags))
FUNCTION(STAT, int, -1, fstat, (int fd, struct stat *st), (fd, st))
FUNCTION(STAT, int, -1, lstat, (const char *path, struct stat *st), (path, st))
FUNCTION(STAT, int, -1, stat, (const char *path, struct stat *st), (path, st))

/* The program makes these without the C library. */
static enum kind kind_of(long number)
{
	switch (number) {
	case SYS_statx:
		return STAT;
	case SYS_getdents64:
		return READ;
	case SYS_copy_file_range:
		return WRITE;
	case SYS_renameat2:
		return RENAME;
	default:
		return NKINDS;
	}
}

long syscall(long number, ...)
{
	const enum kind kind = kind_of(number);
	long a[6];
	va_list ap;

	REAL(syscall);
	va_start(ap, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (kind != NKINDS && fails(kind))
		return -1;
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
