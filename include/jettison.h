/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jettison.h - what a Docker build context ships, what of it a build
 * needs, and which rule or instruction says so.
 *
 * Calling sequence
 *
 *   jet_ruleset_load() or jet_ruleset_parse()    the ignore file, in one dialect
 *   jet_matcher_open()                           one per thread
 *   jet_matcher_path() / jet_matcher_trace()     a verdict for any path
 *   jet_needs_open()                             a Dockerfile: what a build needs; optional
 *   jet_walk_open(), jet_walk_next() ...         the entries of a context
 *   jet_hash_entry(), jet_tar_*(), jet_manifest_*(), jet_digest_*()   what becomes of them
 *
 * Rules for the whole header
 *
 *   - Paths are bytes, '/' separated, relative to the context root, without a
 *     leading "/" or "./"; the root itself is "".  They need not be UTF-8 and
 *     may hold any byte but NUL.
 *   - A function that can fail returns 0 (or what its comment says) on success
 *     and a negative enum jet_code on failure.  Where it takes a struct
 *     jet_error the details are put there; NULL is accepted.
 *   - The library never prints, never exits, never changes the directory and
 *     keeps no globals.  Different objects may be used by different threads at
 *     the same time; one object by one thread, unless its comment says more.
 *   - What a function hands out by pointer belongs to the object it came from.
 *   - Every _free() and _close() accepts NULL.
 */
#ifndef JETTISON_H
#define JETTISON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define JET_API __attribute__((visibility("default")))
#else
#define JET_API
#endif

/* The version of this header: major, minor, patch. */
#define JET_VERSION_MAJOR 0
#define JET_VERSION_MINOR 1
#define JET_VERSION_PATCH 0

/**
 * jet_version() - the version of the library that is running.
 *
 * Return: "major.minor.patch", static.  Never fails.
 */
JET_API const char *jet_version(void);

/* ---- errors ------------------------------------------------------------- */

enum jet_code {
	JET_OK = 0,
	JET_E_NOMEM = -1,     /* out of memory, or a size does not fit */
	JET_E_IO = -2,        /* a system call failed: see sys_errno */
	JET_E_SYNTAX = -3,    /* the ignore file is refused as a whole */
	JET_E_PATTERN = -4,   /* a rule that had to be asked does not compile */
	JET_E_TRANSPORT = -5, /* BuildKit cannot send these rules to its daemon */
	JET_E_PATH = -6,      /* absolute path, or one with an empty, "." or ".." part */
	JET_E_ARG = -7,       /* an argument makes no sense */
	JET_E_CHANGED = -8,   /* a file or directory changed while it was read */
	JET_E_WRITE = -9,     /* the caller's write callback failed */
	JET_E_UNREADABLE = -10, /* the builder would stop at an unreadable path */
	JET_E_NOT_FOUND = -11, /* a source of COPY, or the Dockerfile itself: see path */
	JET_E_PARSE = -12,    /* the Dockerfile is refused */
	JET_E_EXPAND = -13,   /* a variable or quote in it cannot be expanded */
	JET_E_PLATFORM = -14, /* no such platform */
	JET_E_STAGE = -15,    /* no such stage or target, or stages in a circle */
	JET_E_LINK_LOOP = -16, /* a source leads through more than 255 links */
	JET_E_OPTION = -17,   /* an option of an instruction makes no sense */
	JET_E_FORMAT = -18    /* a manifest or an archive cannot be read */
};

/**
 * struct jet_error - what went wrong, on the caller's stack.
 *
 * Nothing in it needs freeing.  What is longer than its array is cut, never inside of a
 * UTF-8 character, and "..." stands for what is gone; a path that is cut is one that the
 * message says so of.
 */
struct jet_error {
	int code;           /* enum jet_code; 0 when nothing went wrong */
	int sys_errno;      /* errno of the failed call, or 0 */
	uint32_t line;      /* 1-based, 0 = no line */
	uint32_t column;    /* 1-based, in bytes, 0 = no column */
	char file[256];     /* file the line is in, or the path concerned; "" = none */
	char path[4097];    /* JET_E_NOT_FOUND, and where a source of the Dockerfile cannot
	                       be read: the path in the context, with "/"; else "".  One
	                       of more than 4,096 bytes is its beginning, without "...":
	                       the message ends in "(path cut)" */
	char message[256];  /* lower case, no full stop, no file or line in it */
};

/**
 * jet_error_format() - the one line a user should see.
 * @err: filled by a failed call
 * @buf: filled with "file:line:column: message", NUL-ended, cut to @size
 * @size: bytes at @buf, at least 1
 *
 * Return: @buf.
 */
JET_API const char *jet_error_format(const struct jet_error *err, char *buf, size_t size);

/**
 * jet_error_class() - what kind of problem a code is, for programs.
 *
 * Return: parse, expand, platform, stage, pattern, link-loop, not-found, option or
 * io; static.
 */
JET_API const char *jet_error_class(int code);

/* ---- rules -------------------------------------------------------------- */

/* Whose reading of an ignore file.  Measured on the versions named. */
enum jet_builder {
	JET_BUILDER_BUILDKIT,      /* BuildKit 0.32, buildx, docker 23 and later */
	JET_BUILDER_CLASSIC,       /* docker CLI 23 and later, DOCKER_BUILDKIT=0 */
	JET_BUILDER_CLASSIC_20_10, /* docker 20.10's classic builder; its embedded
	                              BuildKit has the same matcher, but ships sockets
	                              and opens directories as BuildKit does */
	JET_BUILDER_BUILDAH        /* buildah 1.28, podman */
};

/**
 * jet_builder_parse() - a builder by its name on the command line.
 * @name: "buildkit", "classic", "classic-20.10" or "buildah"
 * @builder: set on success
 *
 * Return: 0, or JET_E_ARG when no builder has that name.
 */
JET_API int jet_builder_parse(const char *name, enum jet_builder *builder);

/** jet_builder_name() - the name jet_builder_parse() takes.  Static. */
JET_API const char *jet_builder_name(enum jet_builder builder);

/**
 * jet_builder_unpacks() - does the builder recognise a tar on standard input that is
 * compressed like this?
 * @codec: "gzip", "xz" or "zstd"
 */
JET_API bool jet_builder_unpacks(enum jet_builder builder, const char *codec);

struct jet_ruleset;

/** struct jet_rule - one rule of an ignore file.  Belongs to its ruleset. */
struct jet_rule {
	const char *text;    /* the line as the user wrote it, trimmed, "!" included */
	size_t text_len;
	const char *pattern; /* cleaned pattern, without "!" */
	size_t pattern_len;
	uint32_t index;      /* 0-based place in the ruleset */
	uint32_t line;       /* 1-based line of the file */
	bool negated;        /* the rule began with "!" */
	const char *fault;   /* NULL, or why evaluating it fails (found lazily by
	                        the builders: only when the rule is asked) */
};

/**
 * jet_ruleset_parse() - rules from the bytes of an ignore file.
 * @data, @len: the file; copied, may be freed after the call
 * @name: what errors call the file, or NULL for ".dockerignore"
 * @builder: whose dialect
 * @rs: set on success; jet_ruleset_free() it
 * @err: details on failure, with the line that is wrong
 *
 * Reading, cleaning and the partial syntax check follow moby/patternmatcher
 * 0.6.1 (buildkit, classic), 20.10's fileutils (classic-20.10) and buildah
 * 1.28's storage/fileutils (buildah).  A parsed ruleset is never changed again
 * and may be shared by any number of threads.
 *
 * Return: 0; JET_E_SYNTAX when the builder refuses the list (a bad pattern, a
 * lone "!", a line of 65,536 bytes or more); JET_E_TRANSPORT when BuildKit
 * could not send it (control byte, more than about 1 MiB); JET_E_ARG for a
 * builder that is none; JET_E_NOMEM.
 */
JET_API int jet_ruleset_parse(const void *data, size_t len, const char *name,
                              enum jet_builder builder, struct jet_ruleset **rs,
                              struct jet_error *err);

/** jet_ruleset_free() - frees the ruleset, its rules and their texts. */
JET_API void jet_ruleset_free(struct jet_ruleset *rs);

/** jet_ruleset_count() - how many rules, >= 0. */
JET_API size_t jet_ruleset_count(const struct jet_ruleset *rs);

/** jet_ruleset_rule() - rule @index, which must be below jet_ruleset_count(). */
JET_API const struct jet_rule *jet_ruleset_rule(const struct jet_ruleset *rs, size_t index);

/** jet_ruleset_name() - the name given to jet_ruleset_parse(). */
JET_API const char *jet_ruleset_name(const struct jet_ruleset *rs);

/** jet_ruleset_builder() - the dialect given to jet_ruleset_parse(). */
JET_API enum jet_builder jet_ruleset_builder(const struct jet_ruleset *rs);

/* ---- verdicts ----------------------------------------------------------- */

/* How a list of rules is put together.  Names as in moby/patternmatcher. */
enum jet_order {
	JET_ORDER_BUILDER, /* the one the ruleset's builder walks with */
	JET_ORDER_WALK,    /* MatchesUsingParentResults, from the top down */
	JET_ORDER_ORP,     /* MatchesOrParentMatches */
	JET_ORDER_OLD,     /* Matches: looks at one parent only */
	JET_ORDER_SELF     /* the path alone, no parent (buildah) */
};

enum jet_answer {
	JET_KEPT,    /* stays in the context */
	JET_IGNORED, /* left out */
	JET_FAILED   /* a rule that was asked does not compile: the build fails */
};

/** struct jet_verdict - what the rules say of one path. */
struct jet_verdict {
	enum jet_answer answer;
	bool emptied; /* BuildKit only: kept by its walk, but ignored when the
	                 content is asked for, so a file arrives with no content */
	const struct jet_rule *rule; /* the rule that flipped the answer last (or
	                 the one that failed); NULL: none did, the path is kept */
};

/** struct jet_trace - one rule that flipped the answer, in file order. */
struct jet_trace {
	const struct jet_rule *rule;
	size_t matched_len; /* bytes of the path that the rule matched: all of it,
	                       or those of the ancestor it matched */
};

struct jet_matcher;

/**
 * jet_matcher_open() - an engine for one ruleset.
 * @rs: must outlive the matcher
 * @m: set on success; jet_matcher_close() it
 *
 * The engine builds its automaton lazily and drops it when it has grown to 16
 * MiB, whatever the rules and paths; beside that it needs a few bytes per byte
 * of the rules, and at most 2 MiB for remembered decisions.  One thread at a
 * time; open one per thread.
 *
 * Return: 0 or JET_E_NOMEM.
 */
JET_API int jet_matcher_open(const struct jet_ruleset *rs, struct jet_matcher **m);

/** jet_matcher_close() - frees the engine. */
JET_API void jet_matcher_close(struct jet_matcher *m);

/**
 * jet_matcher_path() - would the builder leave this path out?
 * @m: the engine; its stack of directories is not disturbed
 * @order: which evaluation; JET_ORDER_BUILDER is what the builder walks with
 * @path, @len: path below the context root; need not exist
 * @v: filled on success.  v->rule lives as long as the ruleset
 *
 * Rules that match a parent count as the order has it.  Says what the rules
 * say: a builder that prunes too much (jet_matcher_prunes()) may leave a path
 * out that this calls kept.
 *
 * Return: 0; JET_E_PATH; JET_E_NOMEM.
 */
JET_API int jet_matcher_path(struct jet_matcher *m, enum jet_order order,
                             const char *path, size_t len, struct jet_verdict *v);

/**
 * jet_matcher_trace() - every rule that flipped the answer for a path.
 * @order, @path, @len: as for jet_matcher_path()
 * @trace: filled with up to @max elements, the deciding rule last
 * @count: set to the number of flips, which may be more than @max
 *
 * Return: 0; JET_E_PATH; JET_E_NOMEM.
 */
JET_API int jet_matcher_trace(struct jet_matcher *m, enum jet_order order,
                              const char *path, size_t len, struct jet_trace *trace,
                              size_t max, size_t *count);

/*
 * A tree is asked from the root down: the matcher keeps the engine's state for
 * every directory it is in, so a name costs only its own bytes.
 */

/**
 * jet_matcher_ask() - the verdict on one name in the current directory.
 * @name, @len: a single component
 * @v: filled on success
 *
 * Uses the order of the ruleset's builder.
 *
 * Return: 0 or JET_E_NOMEM.
 */
JET_API int jet_matcher_ask(struct jet_matcher *m, const char *name, size_t len,
                            struct jet_verdict *v);

/**
 * jet_matcher_push() - makes directory @name the current one.
 * @name, @len: a single component; copied
 *
 * Return: 0 or JET_E_NOMEM (the current directory is then unchanged).
 */
JET_API int jet_matcher_push(struct jet_matcher *m, const char *name, size_t len);

/** jet_matcher_pop() - back to the parent.  Not allowed at the root. */
JET_API void jet_matcher_pop(struct jet_matcher *m);

/**
 * jet_matcher_dead() - can nothing below the current directory be kept?
 *
 * True only when the current directory is ignored and no rule can bring back
 * anything below it, so a walk may skip it without changing the outcome.
 * False promises nothing.
 */
JET_API bool jet_matcher_dead(const struct jet_matcher *m);

/**
 * jet_matcher_prunes() - does the builder itself skip this ignored directory?
 * @dir, @len: path of a directory that the rules ignore
 *
 * BuildKit, the classic CLI and buildah decide this by comparing texts, each in
 * its own way, and BuildKit sometimes wrongly: what is below is lost although
 * a negated rule keeps it.
 */
JET_API bool jet_matcher_prunes(const struct jet_matcher *m, const char *dir, size_t len);

/* ---- an archive instead of a directory ---------------------------------- */

struct jet_archive;

/**
 * jet_archive_open() - reads a tar archive, to be walked as if it had been unpacked.
 * @path: a file; "-" is standard input.  None of the usual compressions, or any
 * @dir: directory for a file without a name that holds the contents as long as the
 *       archive is open; NULL: /tmp
 * @archive: set on success; jet_archive_close() it, after all that uses it
 *
 * Reads to the end.  What is odd about an archive is taken as builders unpack it, member
 * by member: docs/SEMANTICS.md.  Names need some hundred bytes of memory each; more than
 * 2 GiB of them are refused.  An open archive is never changed again and may be shared by
 * any number of threads.
 *
 * Return: 0; JET_E_FORMAT, with the number of the entry, when it is no archive, cut off or
 * damaged, or holds what cannot be unpacked; JET_E_IO; JET_E_NOMEM; JET_E_ARG when this
 * build reads none.
 */
JET_API int jet_archive_open(const char *path, const char *dir, struct jet_archive **archive,
                             struct jet_error *err);

/** jet_archive_is_empty() - is there nothing in it but its root? */
JET_API bool jet_archive_is_empty(const struct jet_archive *archive);

/** jet_archive_close() - frees it, and the contents. */
JET_API void jet_archive_close(struct jet_archive *archive);

/**
 * jet_archive_file() - the content of one small file: a Dockerfile, an ignore file.
 * @path: in the archive; links are followed, and do not lead out
 * @what: what it is called in messages: "the Dockerfile"
 * @max: bytes; more are refused
 * @data, @len: set on success; free() @data, which is never NULL
 *
 * Return: 0; JET_E_IO when there is no such file, or it is something else; JET_E_NOMEM.
 */
JET_API int jet_archive_file(const struct jet_archive *archive, const char *path,
                             const char *what, size_t max, void **data, size_t *len,
                             struct jet_error *err);

/* ---- the context -------------------------------------------------------- */

enum jet_type {
	JET_TYPE_FILE,
	JET_TYPE_DIR,
	JET_TYPE_SYMLINK,
	JET_TYPE_FIFO,
	JET_TYPE_CHAR,
	JET_TYPE_BLOCK,
	JET_TYPE_SOCKET,
	JET_TYPE_UNKNOWN /* could not be found out: see struct jet_entry.error */
};

enum jet_entry_flag {
	JET_ENTRY_EMPTIED = 1 << 0, /* the builder ships it with no content */
	JET_ENTRY_IMPLIED = 1 << 1, /* an ignored directory, present because
	                               something below it is kept */
	JET_ENTRY_IGNORED = 1 << 2, /* left out (only with JET_WALK_IGNORED) */
	JET_ENTRY_PRUNED = 1 << 3,  /* left out because the builder never reads the
	                               directory it is in, whatever the rules say */
	JET_ENTRY_REMOVED = 1 << 4, /* left out: the classic daemon removes the
	                               Dockerfile or ignore file after reading it */
	JET_ENTRY_UNNEEDED = 1 << 6, /* left out: ships, but the plan does not need it */
	JET_ENTRY_STATED = 1 << 5,  /* mode, size, times, ids are filled in */
	JET_ENTRY_SOCKET = 1 << 7   /* a socket, though it ships as a file, emptied */
};

/**
 * struct jet_entry - one file, directory, link or special of a context.
 *
 * Borrowed: valid until the next call with its walk.
 */
struct jet_entry {
	const char *path; /* NUL-ended too, but may be longer than PATH_MAX */
	size_t path_len;
	size_t name_off;  /* where the last component begins in path */
	enum jet_type type; /* as the builder ships it: BuildKit makes an empty
	                       file of a socket (then JET_ENTRY_EMPTIED is set) */
	uint32_t flags;     /* enum jet_entry_flag */
	uint32_t depth;     /* number of components, >= 1 */
	const struct jet_rule *rule; /* deciding rule or NULL */
	const uint32_t *by; /* with jet_walk_options.plan: the instructions that read
	                       it, as numbers of the plan, ascending; else NULL */
	size_t nby;

	/* Only with JET_ENTRY_STATED. */
	uint32_t mode;      /* permission, setuid, setgid and sticky bits: 07777 */
	uint32_t mtime_nsec, ctime_nsec;
	int64_t mtime_sec, ctime_sec;
	uint64_t size;      /* bytes of a regular file as it ships; else 0 */
	uint64_t dev, ino;  /* of the file on disk; in an archive: equal for its names */
	uint32_t nlink;
	uint32_t rdev_major, rdev_minor; /* devices only */
	const char *target; /* symbolic links: where to; else NULL */
	size_t target_len;
	const char *hardlink; /* regular files with JET_WALK_HARDLINKS: path of the
	                         first kept name of the same file; NULL if this is it */
	size_t hardlink_len;

	/* Not zero: this entry could not be read, and what errno said.  A
	 * directory then has no contents in the walk.  What the builder makes of
	 * it is decided by its dialect: see jet_walk_next(). */
	int error;
};

enum jet_walk_flag {
	JET_WALK_STAT = 1 << 0,      /* fill in mode, size, times and link targets */
	JET_WALK_HARDLINKS = 1 << 1, /* find second names; implies JET_WALK_STAT;
	                                remembers every file with several links */
	JET_WALK_IGNORED = 1 << 2,   /* also report what is left out, all of it */
	JET_WALK_EVERYTHING = 1 << 3 /* no rules at all: the tree as it is */
};

struct jet_walk_options {
	uint32_t flags;            /* enum jet_walk_flag */
	enum jet_builder builder;  /* used where rs is NULL; else the ruleset's */
	/* The rules; NULL: none.  Borrowed until jet_walk_close(). */
	const struct jet_ruleset *rs;
	/* Path of the Dockerfile in the context and of the ignore file there, or
	 * NULL: the classic builder removes them if its rules say so. */
	const char *dockerfile;
	const char *ignore_file;
	/* NULL, or a path below the root: the walk goes only there.  Its entries
	 * are those of the whole walk that lie on the way to it, are it, or lie
	 * below it; nothing else is read.  Borrowed until jet_walk_close(). */
	const char *only;
	/* NULL, or the patterns that BuildKit asks its client for: what they do not
	 * match is not sent.  Borrowed. */
	const struct jet_ruleset *sent;
	/* NULL, or what the Dockerfile needs: nothing else is an entry, and nothing
	 * else is read.  Borrowed.  With JET_WALK_IGNORED all the rest is reported. */
	const struct jet_plan *plan;
	/* NULL, or what is walked instead of the disk: root is then a directory in it,
	 * "." all of it, and no permission stops anybody.  Borrowed. */
	const struct jet_archive *archive;
};

struct jet_plan;

struct jet_walk;

/**
 * jet_walk_open() - starts a walk of a context.
 * @root: directory; the only path that is resolved through symbolic links
 * @options: copied, apart from what its comments call borrowed
 * @walk: set on success; jet_walk_close() it
 *
 * Return: 0; JET_E_IO when @root cannot be opened; JET_E_PATH when
 * options->only is not plain; JET_E_UNREADABLE when the classic client would
 * not even start; JET_E_NOT_FOUND when its rules lose it the Dockerfile;
 * JET_E_SYNTAX (it appends paths to the rules); JET_E_NOMEM.
 */
JET_API int jet_walk_open(const char *root, const struct jet_walk_options *options,
                          struct jet_walk **walk, struct jet_error *err);

/**
 * jet_walk_next() - the next entry.
 * @entry: set to the entry; borrowed until the next call with @walk
 *
 * Entries come in the builders' order: component by component in byte order, a
 * directory before its contents.  The root is not an entry.  Links are never
 * followed and the walk never leaves the root, even when directories are
 * exchanged for links meanwhile.  One directory and its ancestors are held in
 * memory at a time.
 *
 * Where something cannot be read, the dialect decides: a failure
 * that would stop the builder stops the walk with JET_E_UNREADABLE and names
 * the path in @err; a file that BuildKit ships empty is an entry with
 * jet_entry.error and JET_ENTRY_EMPTIED; what the classic client logs and leaves
 * out is no entry.  With JET_WALK_EVERYTHING, and for what vanishes meanwhile,
 * there is an entry with jet_entry.error.
 *
 * Return: 1 with an entry, 0 at the end, JET_E_UNREADABLE, JET_E_IO,
 * JET_E_CHANGED, JET_E_PATTERN (a rule that had to be asked does not compile:
 * the build fails), JET_E_NOMEM.  After 0 or an error the walk is over.
 */
JET_API int jet_walk_next(struct jet_walk *walk, const struct jet_entry **entry,
                          struct jet_error *err);

/** struct jet_walk_counts - what a walk has seen so far. */
struct jet_walk_counts {
	uint64_t files;       /* kept, all that are no directories */
	uint64_t dirs;        /* kept or implied directories */
	uint64_t bytes;       /* of kept regular files; 0 without JET_WALK_STAT */
	uint64_t ignored;     /* entries left out that were seen, not what is below
	                         a directory that was never read */
	uint64_t pruned_dirs; /* ignored directories that were never read */
};

/** jet_walk_counts() - what the walk has seen so far. */
JET_API struct jet_walk_counts jet_walk_counts(const struct jet_walk *walk);

/**
 * jet_walk_read() - opens the content of the current entry.
 * @walk: the walk whose last jet_walk_next() gave a regular file
 * @fd: set to a descriptor for reading that the caller closes
 * @offset: set to where the content begins: 0, unless it is that of an archive's file,
 *          which others come before and behind.  Then the descriptor's position means
 *          nothing: pread() is the way
 *
 * The file is opened below its directory's descriptor, never through a link,
 * never blocking on a FIFO, and must still be the file that was listed.
 *
 * Return: 0; JET_E_IO with sys_errno; JET_E_CHANGED when something else has
 * taken its place; JET_E_ARG when the entry is no regular file.
 */
JET_API int jet_walk_read(struct jet_walk *walk, int *fd, uint64_t *offset,
                          struct jet_error *err);

/**
 * jet_walk_root() - what the root is, which is no entry.
 * @root: filled: type, mode, times and the like
 *
 * Return: 0 or JET_E_IO.
 */
JET_API int jet_walk_root(struct jet_walk *walk, struct jet_entry *root, struct jet_error *err);

/** jet_walk_close() - ends the walk and closes its descriptors. */
JET_API void jet_walk_close(struct jet_walk *walk);

/* ---- where the ignore file and the Dockerfile are ----------------------- */

/** struct jet_located - which files a builder takes.  Strings are owned. */
struct jet_located {
	char *dockerfile;      /* path to open, or NULL: none, or standard input */
	char *dockerfile_entry;/* the same below the context root, or NULL: outside */
	char *dockerfile_name; /* the same, but a link itself and not what it leads to */
	char *ignore_file;     /* path to open, or NULL: no ignore file */
	char *ignore_entry;    /* the same below the context root, or NULL */
};

/**
 * jet_locate() - which Dockerfile and ignore file does the builder read?
 * @root: context directory
 * @dockerfile: as given with -f, relative to the current directory; "-" is
 *              standard input; NULL: the builder's default in @root
 * @builder: whose search order (docs/SEMANTICS.md)
 * @out: filled on success; jet_located_clear() it
 *
 * An ignore file that the builder takes for absent (a link out of the context,
 * a directory named so) is absent here.  Where it would fail (classic, buildah: a
 * directory or an unreadable file) the name is given, and jet_ruleset_load()
 * fails as the builder does.
 *
 * Return: 0; JET_E_IO when a name cannot be looked up; JET_E_NOMEM.
 */
JET_API int jet_locate(const char *root, const char *dockerfile, enum jet_builder builder,
                       struct jet_located *out, struct jet_error *err);

/**
 * jet_archive_locate() - the same in an archive, as if it were a directory.
 * @dockerfile: in the archive; NULL: the builder's default
 *
 * All names are those in the archive, for jet_archive_file(); links lead where they lead
 * in there, and never out.
 */
JET_API int jet_archive_locate(const struct jet_archive *archive, const char *dockerfile,
                               enum jet_builder builder, struct jet_located *out,
                               struct jet_error *err);

/** jet_located_clear() - frees the strings. */
JET_API void jet_located_clear(struct jet_located *located);

/**
 * jet_ruleset_load() - the rules of an ignore file on disk.
 * @path: file to read, as jet_locate() found it
 * @builder: whose dialect
 * @rs: set on success; jet_ruleset_free() it
 * @err: details on failure, with the line that is wrong
 *
 * As jet_ruleset_parse(); a file of more than 64 MiB is refused.  In dialect
 * buildkit an unreadable file counts as empty, as it does there.
 *
 * Return: as jet_ruleset_parse(), or JET_E_IO.
 */
JET_API int jet_ruleset_load(const char *path, enum jet_builder builder,
                             struct jet_ruleset **rs, struct jet_error *err);

/* ---- what a Dockerfile needs -------------------------------------------- */

/** struct jet_needs_options - what is to be built.  Borrowed by jet_needs_open(). */
struct jet_needs_options {
	const char *name;             /* what errors call the Dockerfile; NULL: "Dockerfile" */
	const char *target;           /* stage; NULL: the last one.  Kept until jet_needs_close() */
	const char *const *platforms; /* "os/arch", or several with commas between; their
	                                 needs are united */
	size_t nplatforms;            /* 0: linux/amd64 */
	const char *const *args;      /* "NAME=VALUE": --build-arg */
	size_t nargs;
	const char *const *env;       /* "NAME=VALUE": what external base images set */
	size_t nenv;
	const char *const *contexts;  /* "NAME=VALUE": --build-context */
	size_t ncontexts;
	size_t stage;                 /* the target by its number, from 1, whatever it is
	                                 called; 0: target says */
	bool all_stages;              /* also those that the target does not need */
};

struct jet_needs;

/**
 * jet_needs_open() - which entries do COPY, ADD and RUN bind mounts read?
 * @root: context directory; kept until jet_needs_close()
 * @dockerfile, @len: its bytes; copied
 * @options: target, platforms, arguments
 * @walk: rules and builder, as for jet_walk_open(); what it borrows must outlive
 *        the needs
 * @needs: jet_needs_close() it.  Set on failure too, unless there is no memory: then
 *         only what is unset or undeclared may be asked
 *
 * Reads the Dockerfile as BuildKit 0.32 does (classic, buildah: docs/SEMANTICS.md), finds
 * the stages that the target depends on, expands their instructions and looks up
 * every source in the context as the ignore file leaves it.  Looks only where a
 * source leads.  Named contexts that are directories are checked as well.
 *
 * Return: 0; what the build would fail with: JET_E_PARSE, JET_E_EXPAND,
 * JET_E_PLATFORM, JET_E_STAGE, JET_E_PATTERN, JET_E_LINK_LOOP, JET_E_NOT_FOUND
 * (with err->path), JET_E_OPTION; JET_E_ARG; JET_E_IO; JET_E_NOMEM.
 */
JET_API int jet_needs_open(const char *root, const void *dockerfile, size_t len,
                           const struct jet_needs_options *options,
                           const struct jet_walk_options *walk, struct jet_needs **needs,
                           struct jet_error *err);

/**
 * jet_needs_check() - the part of jet_needs_open() that comes before the ignore
 * file is read: the Dockerfile itself, its stages, the target.
 *
 * A builder that stumbles over both tells of the Dockerfile first.
 */
JET_API int jet_needs_check(const void *dockerfile, size_t len,
                            const struct jet_needs_options *options, enum jet_builder builder,
                            struct jet_error *err);

/** jet_needs_close() - frees the needs; walks that use them are closed before. */
JET_API void jet_needs_close(struct jet_needs *needs);

/** jet_needs_apply() - sets options->plan and options->sent, for jet_walk_open():
 *  the walk then gives what is needed, jet_entry.by saying by whom. */
JET_API void jet_needs_apply(const struct jet_needs *needs, struct jet_walk_options *options);

/** struct jet_unset - a variable that is used but not set, where an external base
 *  image may set it and the outcome hangs on it.  It was taken for empty.  Belongs to
 *  its needs. */
struct jet_unset {
	const char *file;
	uint32_t line, column;    /* of its "$" where that is known, else of its word */
	const char *name, *image; /* not NUL-ended */
	size_t name_len, image_len;
	bool declared;            /* by ARG, so that jet_needs_options.args can set it; else
	                             only jet_needs_options.env can */
	bool fallback;            /* "${name:-word}": the word was taken */
};

/** jet_needs_nunset() - how many such variables. */
JET_API size_t jet_needs_nunset(const struct jet_needs *needs);

/** jet_needs_unset() - number @index, below jet_needs_nunset(). */
JET_API struct jet_unset jet_needs_unset(const struct jet_needs *needs, size_t index);

/** struct jet_undeclared - one of jet_needs_options.args that no ARG declares, so that
 *  it does nothing.  Belongs to its needs. */
struct jet_undeclared {
	const char *name;         /* not NUL-ended */
	size_t name_len;
	const char *nearest;      /* an ARG that may be meant; NULL: none is near */
};

/** jet_needs_nundeclared() - how many of those. */
JET_API size_t jet_needs_nundeclared(const struct jet_needs *needs);

/** jet_needs_undeclared() - number @index, below jet_needs_nundeclared(). */
JET_API struct jet_undeclared jet_needs_undeclared(const struct jet_needs *needs, size_t index);

/** struct jet_use - an instruction that reads something of the context.
 *  Belongs to its needs. */
struct jet_use {
	const char *file;  /* the Dockerfile, as jet_needs_options.name has it */
	uint32_t line;     /* 1-based; of what ONBUILD has a stage run, that of the FROM which
	                      runs it */
	const char *text;  /* the instruction, continuations joined; not NUL-ended */
	size_t text_len;
	uint32_t onbuild;  /* the line of the ONBUILD it comes from; 0: it is no such one */
	const char *from;  /* and the FROM instruction; not NUL-ended */
	size_t from_len;
};

/** jet_needs_count() - how many such instructions. */
JET_API size_t jet_needs_count(const struct jet_needs *needs);

/** jet_needs_use() - number @index, below jet_needs_count(): what jet_entry.by
 *  counts. */
JET_API struct jet_use jet_needs_use(const struct jet_needs *needs, size_t index);

/* ---- hashes, tar, manifest ---------------------------------------------- */

/* Hashes of contents; flags, because one reading can compute several. */
enum jet_hash_kind {
	JET_HASH_XXH128 = 1 << 0, /* XXH3-128, seed 0: fast, finds every accident */
	JET_HASH_SHA256 = 1 << 1  /* where tampering matters */
};

/** struct jet_hashes - what content hashes to. */
struct jet_hashes {
	unsigned kinds;      /* enum jet_hash_kind: which of these are filled in */
	uint8_t xxh128[16];  /* canonical (big-endian) byte order */
	uint8_t sha256[32];
};

struct jet_hasher;

/**
 * jet_hasher_open() - a reader of contents.  One thread at a time.
 * @kinds: which hashes; enum jet_hash_kind, at least one
 * @hasher: set on success; jet_hasher_close() it
 *
 * Return: 0; JET_E_NOMEM; JET_E_ARG when there is no such hash, or no SHA-256 in
 * this build of the library.
 */
JET_API int jet_hasher_open(unsigned kinds, struct jet_hasher **hasher, struct jet_error *err);

/** jet_hasher_close() - frees it. */
JET_API void jet_hasher_close(struct jet_hasher *hasher);

struct jet_cache;

/**
 * jet_hasher_use() - lets a hasher look hashes up in a cache, and put them there.
 * @cache: borrowed; NULL: none any more
 */
JET_API void jet_hasher_use(struct jet_hasher *hasher, struct jet_cache *cache);

/**
 * jet_hash_entry() - hashes the content of the walk's current file.
 * @walk, @entry: as given by jet_walk_next(); a regular file, STATED
 * @hashes: set on success
 *
 * An emptied entry has the hash of no bytes.  Reads the file once, and not at all
 * where a cache or an earlier name of the same file knows its hashes.  A cache does not
 * keep what is in an archive.
 *
 * Return: 0; JET_E_IO; JET_E_CHANGED when size or mtime differ from the
 * listing or change meanwhile; JET_E_NOMEM when libcrypto fails.
 */
JET_API int jet_hash_entry(struct jet_hasher *hasher, struct jet_walk *walk,
                           const struct jet_entry *entry, struct jet_hashes *hashes,
                           struct jet_error *err);

/* What became of a cache when it was opened. */
enum jet_cache_found {
	JET_CACHE_FOUND,    /* as it was, or made */
	JET_CACHE_RENEWED,  /* what was there made no sense and was thrown away */
	JET_CACHE_READ_ONLY /* it may not be written: nothing new is kept */
};

/**
 * jet_cache_open() - hashes of contents kept on disk from one run to the next.
 * @dir: a directory of its own on a local file system; made if it is not there
 * @cache: set on success; jet_cache_close() it.  One thread at a time, and not twice
 *         in one process for one directory
 * @found: set on success
 *
 * A file is known again by device, inode, size, mtime and ctime.  What might have
 * changed within one tick of the clock after it was read is not kept.  Any number of
 * processes may use a cache at once; whatever happens to one of them, the others and the
 * cache stay whole.
 *
 * Return: 0; JET_E_IO; JET_E_NOMEM; JET_E_ARG when this build has no cache.
 */
JET_API int jet_cache_open(const char *dir, struct jet_cache **cache,
                           enum jet_cache_found *found, struct jet_error *err);

/** jet_cache_close() - writes what is new and frees it.  0, or JET_E_IO or JET_E_NOMEM
 *  when something could not be written; the hashes were right all the same. */
JET_API int jet_cache_close(struct jet_cache *cache, struct jet_error *err);

/** struct jet_cache_stat - what is in a cache. */
struct jet_cache_stat {
	uint64_t entries;
	uint64_t used_bytes;  /* on disk, for the entries */
	uint64_t limit_bytes; /* when that is reached it begins anew */
	bool damaged;         /* it makes no sense: the next run makes it anew */
};

/** jet_cache_stat() - of the cache in a directory; zeroes where there is none. */
JET_API int jet_cache_stat(const char *dir, struct jet_cache_stat *stat, struct jet_error *err);

/** jet_cache_clear() - removes it; runs that use it go on.  JET_E_ARG, and nothing is removed,
 *  when the directory is not that of a cache. */
JET_API int jet_cache_clear(const char *dir, struct jet_error *err);

/**
 * typedef jet_write_fn - takes what a writer has to write.
 *
 * Return: 0, or not 0 to stop the writer with JET_E_WRITE.
 */
typedef int (*jet_write_fn)(void *ctx, const void *data, size_t len);

enum jet_sink_flag {
	JET_SINK_NORMALIZE = 1 << 0, /* the same bytes on every machine: mtime as below,
	                                modes 0644, or 0755 for directories and for
	                                files that their owner may execute */
	JET_SINK_MTIME_NS = 1 << 1,  /* mtimes with fractions of a second */
	JET_SINK_XATTRS = 1 << 2     /* extended attributes: user.* and
	                                security.capability of files and directories */
};

/** struct jet_sink_options - how entries are written down. */
struct jet_sink_options {
	uint32_t flags; /* enum jet_sink_flag */
	int64_t mtime;  /* seconds: of what has none of its own, and of all with
	                   JET_SINK_NORMALIZE */
};

struct jet_tar;

/**
 * jet_tar_open() - starts a tar archive: POSIX.1-2001 ustar, with pax records
 * only for what does not fit.
 * @options: copied; NULL: no flags, mtime 0
 * @write, @ctx: called with the archive's bytes in order
 *
 * Return: 0 or JET_E_NOMEM.
 */
JET_API int jet_tar_open(const struct jet_sink_options *options, jet_write_fn write, void *ctx,
                         struct jet_tar **tar);

/** jet_tar_hash() - from now on contents are hashed on the way; NULL: no more.
 *  @hasher is borrowed, and not used for anything else before jet_tar_close(). */
JET_API void jet_tar_hash(struct jet_tar *tar, struct jet_hasher *hasher);

/**
 * jet_tar_text() - adds a small regular file from memory, mode 0644, mtime that of
 * the options.
 *
 * Return: 0; JET_E_WRITE; JET_E_NOMEM.
 */
JET_API int jet_tar_text(struct jet_tar *tar, const char *path, size_t path_len,
                         const void *data, size_t len);

/**
 * jet_tar_entry() - adds the walk's current entry, content included.
 * @walk, @entry: as given by jet_walk_next(), with JET_ENTRY_STATED
 * @hashes: NULL, or set to the content's hashes (kinds is 0 when it has none, or
 *          jet_tar_hash() was not called)
 *
 * Owner 0:0, no user name, modes and whole-second mtimes kept unless the options say
 * otherwise.  The first header of the archive is always a plain ustar header, because
 * docker otherwise takes the stream for a Dockerfile: the first entry's mtime has no
 * fraction, and when it needs pax records all the same, a header for the root "./"
 * goes before it.
 *
 * A file whose size or mtime are not those of the listing, or change while it is read,
 * is read once more, if nothing of it has been written: @entry then says what it is
 * now.  That is so for files up to 1 MiB, and for larger ones until they are opened.
 *
 * Return: 0; JET_E_IO; JET_E_CHANGED; JET_E_WRITE; JET_E_NOMEM.  After a
 * failure the archive is unusable.
 */
JET_API int jet_tar_entry(struct jet_tar *tar, struct jet_walk *walk,
                          const struct jet_entry *entry, struct jet_hashes *hashes,
                          struct jet_error *err);

/** jet_tar_finish() - writes the end of the archive.  0 or JET_E_WRITE. */
JET_API int jet_tar_finish(struct jet_tar *tar);

/**
 * jet_tar_spoil() - instead of jet_tar_finish(), where what was written cannot be taken
 * back: a header without the content it announces, so that no reader takes it for all
 * of an archive.  Behind a file that could only be written in part, nothing: its own
 * header announces more.
 *
 * The end blocks alone do not tell: builders do without them.  0 or JET_E_WRITE.
 */
JET_API int jet_tar_spoil(struct jet_tar *tar);

/** jet_tar_close() - frees the writer; without jet_tar_finish() the archive
 *  stays incomplete. */
JET_API void jet_tar_close(struct jet_tar *tar);

/* How a manifest is written; docs/SEMANTICS.md has every format. */
enum jet_manifest_format {
	JET_MANIFEST_NDJSON,    /* a JSON object per line */
	JET_MANIFEST_MTREE,     /* mtree(5), as libarchive reads it */
	JET_MANIFEST_XXH128SUM, /* for xxhsum -c; files only */
	JET_MANIFEST_SHA256SUM, /* for sha256sum -c; files only */
	JET_MANIFEST_CSV        /* RFC 4180, with a header */
};

/** jet_manifest_parse() - a format by its name: ndjson, mtree, xxh128sum, sha256sum,
 *  csv.  0 and @format, or JET_E_ARG. */
JET_API int jet_manifest_parse(const char *name, enum jet_manifest_format *format);

/**
 * jet_manifest_kinds() - which hashes does a manifest need?
 * @asked: enum jet_hash_kind; 0: what the format usually shows
 *
 * Return: the kinds for jet_hasher_open() and jet_manifest_open(); 0 and @err when
 * the format has no place for one that is asked for.
 */
JET_API unsigned jet_manifest_kinds(enum jet_manifest_format format, unsigned asked,
                                    struct jet_error *err);

struct jet_manifest;

/**
 * jet_manifest_open() - starts a manifest, with its header where it has one.
 * @kinds: from jet_manifest_kinds(); other hashes are not shown
 * @needs: what entry->by counts, or NULL; borrowed until jet_manifest_close()
 * @write, @ctx: called with whole lines
 * @m: set on success; jet_manifest_close() it
 *
 * Return: 0; JET_E_WRITE; JET_E_NOMEM.
 */
JET_API int jet_manifest_open(enum jet_manifest_format format, unsigned kinds,
                              const struct jet_needs *needs, jet_write_fn write, void *ctx,
                              struct jet_manifest **m);

/**
 * jet_manifest_entry() - adds an entry.
 * @hashes: the content's hashes; NULL, or kinds 0, where there are none
 *
 * Members of a JSON object in order: path or path_b64 (not UTF-8), type, mode (octal
 * string), size, mtime ("seconds.nanoseconds"), major and minor (devices), target or
 * target_b64, xxh128, sha256, emptied, hardlink or hardlink_b64, by (a list of
 * "Dockerfile:12"); only those that apply.
 *
 * Return: 0; JET_E_WRITE; JET_E_NOMEM.
 */
JET_API int jet_manifest_entry(struct jet_manifest *m, const struct jet_entry *entry,
                               const struct jet_hashes *hashes);

/** jet_manifest_close() - frees it.  Every entry has been written already. */
JET_API void jet_manifest_close(struct jet_manifest *m);

/* One digest for all that ships: the hash of a text with a line per entry, byte by
 * byte in docs/SEMANTICS.md, "The digest". */

enum jet_digest_flag {
	JET_DIGEST_NORMALIZE = 1 << 0 /* modes are 0755 or 0644, by the owner's x bit */
};

/* Room for a digest as text: "sha256:", 64 digits and a NUL. */
enum { JET_DIGEST_TEXT = 80 };

struct jet_digest;

/**
 * jet_digest_open() - starts a digest.
 * @kind: one enum jet_hash_kind, of contents and of the digest itself
 * @flags: enum jet_digest_flag
 * @explain, @ctx: called with every line of the text; NULL: with none
 * @d: set on success; jet_digest_close() it
 *
 * Return: 0; JET_E_ARG; JET_E_WRITE; JET_E_NOMEM.
 */
JET_API int jet_digest_open(unsigned kind, uint32_t flags, jet_write_fn explain, void *ctx,
                            struct jet_digest **d, struct jet_error *err);

/**
 * jet_digest_entry() - adds an entry; they come in the order of the walk, with
 * JET_WALK_HARDLINKS.
 * @hashes: of a regular file's content; not looked at for second names
 *
 * Return: 0; JET_E_ARG when the hash is not there; JET_E_WRITE; JET_E_NOMEM.
 */
JET_API int jet_digest_entry(struct jet_digest *d, const struct jet_entry *entry,
                             const struct jet_hashes *hashes);

/** jet_digest_text() - adds a line of @word, a blank, and @text with escapes.
 *  0, JET_E_WRITE or JET_E_NOMEM. */
JET_API int jet_digest_text(struct jet_digest *d, const char *word, const char *text, size_t len);

/**
 * jet_digest_finish() - the digest.
 * @text: "xxh128:" and 32 digits, or "sha256:" and 64; NUL-ended
 *
 * Return: 0 or JET_E_NOMEM.
 */
JET_API int jet_digest_finish(struct jet_digest *d, char text[JET_DIGEST_TEXT],
                              struct jet_error *err);

/** jet_digest_close() - frees it. */
JET_API void jet_digest_close(struct jet_digest *d);

#ifdef __cplusplus
}
#endif

#endif
