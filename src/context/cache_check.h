/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache_check.h - does an LMDB file make sense, page by page?
 *
 * LMDB follows what it finds in its file without a look, so a byte that fell over can
 * lead it out of the map.  Here the pages of one transaction are gone through with
 * checks: that they are where they say, of the kind that their place in the tree asks
 * for, and that nothing on them points out of the page or out of the file.
 */
#ifndef JET_CONTEXT_CACHE_CHECK_H
#define JET_CONTEXT_CACHE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum jet_cache_state {
	JET_CACHE_SOUND,
	JET_CACHE_DAMAGED,
	JET_CACHE_MOVED_ON /* others have committed meanwhile: ask for a later transaction */
};

/** jet_cache_check_head() - the first two pages, before the file is given to LMDB.
 *  @dir: the directory of the database.  True also where there is no file yet. */
bool jet_cache_check_head(const char *dir);

/** jet_cache_check_begin() - the same of an open file. */
bool jet_cache_check_begin(int fd);

/**
 * jet_cache_check() - all pages of a transaction.
 * @fd: the file
 * @page_bytes: the size of a page
 * @txn: the number of a transaction that is being read
 * @key_bytes, @value_bytes: of every record
 */
enum jet_cache_state jet_cache_check(int fd, size_t page_bytes, uint64_t txn, size_t key_bytes,
                                     size_t value_bytes);

#endif
