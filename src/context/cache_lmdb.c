/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cache in an LMDB database: DIR/hashes/data.mdb.
 *
 * LMDB lets any number of processes read while one writes, and a crash leaves what was
 * committed last.  It maps its file and trusts what it finds there, so before it is
 * used the file is looked through (cache_check.c), and what it gives has a sum.
 *
 * Whoever opens the database holds DIR/guard shared for that moment, whoever takes it
 * away holds it alone: LMDB's two files must not be mixed with those of another.
 *
 * LMDB cannot read what it may not write a lock for, unless nobody writes it.  So a cache
 * that is for reading only is read from a copy that nobody else knows of.
 */
#include "context/cache.h"
#include "context/cache_check.h"
#include "context/cache_files.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* When that much is in use it begins anew: about two million files. */
static const size_t map_bytes = 512UL * 1024 * 1024;

/* Kept in memory before they are written, in one transaction. */
enum { PENDING_MAX = 8192, ATTEMPTS = 20 };

struct jet_cache {
	char *dir, *env_dir;
	MDB_env *env;
	MDB_dbi dbi;
	MDB_txn *reader; /* NULL: the database is empty as yet */
	bool read_only;  /* env is of a copy */
	struct jet_cache_record *pending;
	size_t npending;
	struct jet_error err; /* of what could not be written */
};

static int fail(const struct jet_cache *cache, int error, const char *what, struct jet_error *err)
{
	if (error == ENOMEM)
		return jet_fail_nomem(err);
	if (error > 0)
		return jet_fail_errno(err, JET_E_IO, error, cache->dir, what);
	return jet_fail(err, JET_E_IO, cache->dir, "%s: %s", what, mdb_strerror(error));
}

/* ---- opening ------------------------------------------------------------ */

static void close_env(struct jet_cache *cache)
{
	if (cache->reader)
		mdb_txn_abort(cache->reader);
	if (cache->env)
		mdb_env_close(cache->env);
	cache->reader = NULL;
	cache->env = NULL;
}

/* A transaction that reads what was committed last.  Where nothing ever was, the
 * database has no name yet. */
static int begin_reading(struct jet_cache *cache)
{
	int error = mdb_txn_begin(cache->env, NULL, MDB_RDONLY, &cache->reader);

	if (error)
		return error;
	return mdb_dbi_open(cache->reader, NULL, 0, &cache->dbi);
}

/* Does the file that is open make sense to its last page?  The reader keeps its pages
 * from being used again meanwhile. */
static int check(struct jet_cache *cache)
{
	enum jet_cache_state state = JET_CACHE_MOVED_ON;
	mdb_filehandle_t fd;
	MDB_stat stat;
	int error = mdb_env_stat(cache->env, &stat);

	if (!error)
		error = mdb_env_get_fd(cache->env, &fd);
	for (int i = 0; !error && state == JET_CACHE_MOVED_ON; i++) {
		state = jet_cache_check(fd, stat.ms_psize, mdb_txn_id(cache->reader), JET_CACHE_KEY,
		                        JET_CACHE_VALUE);
		if (state == JET_CACHE_MOVED_ON) {
			mdb_txn_reset(cache->reader);
			error = i < ATTEMPTS ? mdb_txn_renew(cache->reader) : EAGAIN;
		}
	}
	return error ? error : state == JET_CACHE_SOUND ? 0 : MDB_CORRUPTED;
}

/* An errno, or an error of LMDB's below 0, as of all that follow.  Nothing is open then.
 * @path: as @flags has it */
static int open_lmdb(struct jet_cache *cache, const char *path, unsigned flags)
{
	int dead, error = mdb_env_create(&cache->env);

	if (!error)
		error = mdb_env_set_mapsize(cache->env, map_bytes);
	/* NOTLS: a transaction belongs to its object, not to a thread. */
	if (!error)
		error = mdb_env_open(cache->env, path, flags | MDB_NOTLS, 0600);
	if (!error && !(flags & MDB_NOLOCK))
		error = mdb_reader_check(cache->env, &dead);
	if (!error)
		error = begin_reading(cache);
	if (!error)
		error = check(cache);
	if (error)
		close_env(cache);
	return error;
}

static int open_env(struct jet_cache *cache)
{
	if (mkdir(cache->env_dir, 0700) < 0 && errno != EEXIST)
		return errno;
	/* What is damaged in front already is not even given to LMDB. */
	if (!jet_cache_check_head(cache->env_dir))
		return MDB_CORRUPTED;
	/* After a crash of the system the last transaction may be missing, which is no loss. */
	return open_lmdb(cache, cache->env_dir, MDB_NOMETASYNC);
}

static bool is_damage(int error)
{
	return error == MDB_CORRUPTED || error == MDB_INVALID || error == MDB_VERSION_MISMATCH ||
	       error == MDB_PAGE_NOTFOUND || error == MDB_PANIC || error == MDB_INCOMPATIBLE;
}

static int open_guarded(struct jet_cache *cache, short type)
{
	const int guard = jet_cache_guard(cache->dir, type);
	int error;

	if (guard < 0)
		return -guard;
	error = open_env(cache);
	if (is_damage(error) && type == F_WRLCK) {
		error = jet_cache_take_away(cache->dir, cache->env_dir);
		if (!error)
			error = open_env(cache);
	}
	close(guard);
	return error;
}

/* ---- opening what may not be written ------------------------------------ */

/* The copy has no name; LMDB opens it anew by its descriptor's. */
static int open_copy(struct jet_cache *cache)
{
	const int fd = jet_cache_copy(cache->env_dir, map_bytes);
	char path[40];
	int error = MDB_CORRUPTED;

	if (fd < 0)
		return fd == -EFBIG ? MDB_CORRUPTED : -fd;
	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	if (jet_cache_check_begin(fd))
		error = open_lmdb(cache, path, MDB_RDONLY | MDB_NOLOCK | MDB_NOSUBDIR);
	cache->read_only = !error;
	close(fd);
	return error;
}

static bool is_refused(int error)
{
	return error == EACCES || error == EPERM || error == EROFS;
}

/* To write and to read, or at least to read.  A copy that was made while somebody wrote may
 * make no sense: then another one. */
static int open_any(struct jet_cache *cache)
{
	const int error = open_guarded(cache, F_RDLCK);
	int copied = error;

	for (int i = 0; is_refused(error) && copied && i < 3; i++)
		copied = open_copy(cache);
	/* What is not there cannot be read either: what forbids to make it is the reason. */
	return is_refused(error) && copied == ENOENT ? error : copied;
}

static void free_cache(struct jet_cache *cache)
{
	close_env(cache);
	free(cache->pending);
	free(cache->env_dir);
	free(cache->dir);
	free(cache);
}

static struct jet_cache *new_cache(const char *dir)
{
	struct jet_cache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		return NULL;
	cache->dir = strdup(dir);
	cache->env_dir = jet_concat(dir, "/", "hashes");
	cache->pending = malloc(PENDING_MAX * sizeof(*cache->pending));
	if (cache->dir && cache->env_dir && cache->pending)
		return cache;
	free_cache(cache);
	return NULL;
}

int jet_cache_open(const char *dir, struct jet_cache **out, enum jet_cache_found *found,
                   struct jet_error *err)
{
	struct jet_cache *cache = new_cache(dir);
	int error;

	*out = NULL;
	*found = JET_CACHE_FOUND;
	if (!cache)
		return jet_fail_nomem(err);
	error = jet_cache_make_dir(dir);
	if (!error)
		error = open_any(cache);
	if (is_damage(error)) {
		*found = JET_CACHE_RENEWED;
		error = open_guarded(cache, F_WRLCK);
	}
	if (cache->read_only)
		*found = JET_CACHE_READ_ONLY;
	if (error) {
		const int rc = fail(cache, error, "cannot open the cache", err);

		free_cache(cache);
		return rc;
	}
	*out = cache;
	return 0;
}

/* ---- reading and writing ------------------------------------------------ */

static bool get(MDB_txn *txn, MDB_dbi dbi, struct jet_cache_record *record, struct jet_hashes *hashes)
{
	MDB_val key = { JET_CACHE_KEY, record->key }, value;

	if (mdb_get(txn, dbi, &key, &value) != 0 || value.mv_size != JET_CACHE_VALUE)
		return false;
	memcpy(record->value, value.mv_data, JET_CACHE_VALUE);
	return jet_cache_unpack(record, hashes);
}

bool jet_cache_get(struct jet_cache *cache, const struct jet_entry *entry, unsigned kinds,
                   struct jet_hashes *hashes)
{
	struct jet_cache_record record;

	jet_cache_key(entry, record.key);
	if (!get(cache->reader, cache->dbi, &record, hashes) || (hashes->kinds & kinds) != kinds)
		return false;
	hashes->kinds = kinds;
	return true;
}

/* Hashes that another run has found are kept. */
static int put(struct jet_cache *cache, MDB_txn *txn, struct jet_cache_record *record)
{
	MDB_val key = { JET_CACHE_KEY, record->key }, value = { JET_CACHE_VALUE, record->value };
	struct jet_cache_record old = *record;
	struct jet_hashes hashes, before;

	jet_cache_unpack(record, &hashes);
	if (get(txn, cache->dbi, &old, &before) && before.kinds & ~hashes.kinds) {
		if (before.kinds & ~hashes.kinds & JET_HASH_XXH128)
			memcpy(hashes.xxh128, before.xxh128, sizeof(hashes.xxh128));
		if (before.kinds & ~hashes.kinds & JET_HASH_SHA256)
			memcpy(hashes.sha256, before.sha256, sizeof(hashes.sha256));
		hashes.kinds |= before.kinds;
		jet_cache_pack(record, &hashes);
	}
	return mdb_put(txn, cache->dbi, &key, &value, 0);
}

static int put_all(struct jet_cache *cache, bool anew)
{
	MDB_txn *txn;
	int error = mdb_txn_begin(cache->env, NULL, 0, &txn);

	if (error)
		return error;
	if (anew)
		error = mdb_drop(txn, cache->dbi, 0);
	for (size_t i = 0; !error && i < cache->npending; i++)
		error = put(cache, txn, &cache->pending[i]);
	if (!error)
		return mdb_txn_commit(txn);
	mdb_txn_abort(txn);
	return error;
}

/* Writes what is pending; the reader then sees it, too. */
static void flush(struct jet_cache *cache)
{
	int error;

	if (!cache->npending || cache->err.code)
		return;
	/* The pages that this reader holds could not be used again. */
	mdb_txn_reset(cache->reader);
	error = put_all(cache, false);
	if (error == MDB_MAP_FULL)
		error = put_all(cache, true);
	if (!error)
		error = mdb_txn_renew(cache->reader);
	cache->npending = 0;
	if (error)
		fail(cache, error, "cannot write the cache", &cache->err);
}

void jet_cache_put(struct jet_cache *cache, const struct jet_entry *entry,
                   const struct jet_hashes *hashes)
{
	struct jet_cache_record *record;

	if (cache->err.code || cache->read_only)
		return;
	record = &cache->pending[cache->npending++];
	jet_cache_key(entry, record->key);
	jet_cache_pack(record, hashes);
	if (cache->npending == PENDING_MAX)
		flush(cache);
}

int jet_cache_close(struct jet_cache *cache, struct jet_error *err)
{
	int rc;

	if (!cache)
		return 0;
	flush(cache);
	rc = cache->err.code;
	if (rc < 0 && err)
		*err = cache->err;
	free_cache(cache);
	return rc;
}

/* ---- looking after it --------------------------------------------------- */

static bool is_there(const struct jet_cache *cache)
{
	char *path = jet_concat(cache->env_dir, "/", "data.mdb");
	struct stat st;
	const bool there = path && stat(path, &st) == 0;

	free(path);
	return there;
}

int jet_cache_stat(const char *dir, struct jet_cache_stat *out, struct jet_error *err)
{
	struct jet_cache *cache = new_cache(dir);
	MDB_stat stat;
	int error = 0, rc = 0;

	*out = (struct jet_cache_stat){ .limit_bytes = map_bytes };
	if (!cache)
		return jet_fail_nomem(err);
	if (is_there(cache)) {
		error = open_any(cache);
		out->damaged = is_damage(error);
		if (!error)
			error = mdb_stat(cache->reader, cache->dbi, &stat);
		if (!error) {
			out->entries = stat.ms_entries;
			out->used_bytes = (uint64_t)stat.ms_psize *
			                  (stat.ms_branch_pages + stat.ms_leaf_pages);
		}
	}
	if (error && !out->damaged)
		rc = fail(cache, error, "cannot open the cache", err);
	free_cache(cache);
	return rc;
}

static int check_guard(const struct jet_cache *cache, struct jet_error *err)
{
	const int error = jet_cache_is_guarded(cache->dir);

	if (error == ENOENT)
		return jet_fail(err, JET_E_ARG, cache->dir, "is no cache: nothing is removed");
	return error ? fail(cache, error, "cannot clear the cache", err) : 0;
}

static int clear(const struct jet_cache *cache, struct jet_error *err)
{
	const int guard = jet_cache_guard(cache->dir, F_WRLCK);
	const int error = guard < 0 ? -guard : jet_cache_take_away(cache->dir, cache->env_dir);

	if (guard >= 0)
		close(guard);
	return error ? fail(cache, error, "cannot clear the cache", err) : 0;
}

int jet_cache_clear(const char *dir, struct jet_error *err)
{
	struct jet_cache *cache = new_cache(dir);
	int rc;

	if (!cache)
		return jet_fail_nomem(err);
	rc = check_guard(cache, err);
	if (rc == 0)
		rc = clear(cache, err);
	free_cache(cache);
	return rc;
}
