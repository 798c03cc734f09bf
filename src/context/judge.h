/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.h - what a builder sends of a directory: the rules, with what the classic
 * client adds to them, and the patterns that BuildKit asks its client for.
 *
 * Asked from the root down, a name at a time; judge.c is the same for the walk and
 * for single paths.
 */
#ifndef JET_CONTEXT_JUDGE_H
#define JET_CONTEXT_JUDGE_H

#include "base/arena.h"
#include "base/str.h"
#include "jettison.h"
#include "match/dialect.h"

/* A file that the classic client sends against the rules: rescue.c. */
struct jet_rescued {
	const char *path; /* NULL: none */
	size_t len;
	bool removed;     /* ... and the daemon removes */
};

struct jet_judge {
	const struct jet_dialect *dialect;
	const struct jet_ruleset *rs;  /* the caller's; NULL: none */
	struct jet_ruleset *extended;  /* with what the classic client appends, or NULL */
	struct jet_rescued rescued[2];
	struct jet_matcher *matcher;   /* NULL: everything is kept */
	struct jet_matcher *sent;      /* NULL: everything is sent */
	const struct jet_rule *faulty; /* of sent, what does not compile; NULL: none was asked */
	struct jet_arena arena;
};

/** jet_walk_builder() - whose walk is it: the ruleset's builder, or else the one named. */
enum jet_builder jet_walk_builder(const struct jet_walk_options *options);

/**
 * jet_judge_open() - gets ready, at the root.
 * @judge: zeroed; jet_judge_close() it in any case
 * @all: no matter what is sent and rescued: the rules alone
 *
 * Return: 0; JET_E_NOT_FOUND when the rules lose the classic builder its
 * Dockerfile; JET_E_SYNTAX; JET_E_NOMEM.
 */
int jet_judge_open(struct jet_judge *judge, const struct jet_walk_options *options, bool all,
                   struct jet_error *err);

/** jet_judge_close() - frees what is in it. */
void jet_judge_close(struct jet_judge *judge);

/**
 * jet_judge_ask() - about a name in the current directory.
 * @v: what the rules say; JET_FAILED also for a pattern of the others
 * @sent: does BuildKit's client send it, apart from the rules?
 *
 * Return: 0 or -1 when out of memory.
 */
int jet_judge_ask(struct jet_judge *judge, const char *name, size_t len, struct jet_verdict *v,
                  bool *sent);

/* Is a directory looked into? */
enum jet_passage {
	JET_PASSAGE_OPEN,   /* yes, and the judge is in it */
	JET_PASSAGE_PRUNED, /* no: the builder does not either */
	JET_PASSAGE_DEAD,   /* no: nothing below can be kept, though the builder looks */
	JET_PASSAGE_UNSENT  /* no: nothing below can be sent */
};

/**
 * jet_judge_enter() - into a directory, if it is worth it.
 * @path: of the directory; its last component is the name, @name_len bytes
 * @ignored, @unsent: what jet_judge_ask() said of it
 *
 * Return: enum jet_passage, or -1 when out of memory.
 */
int jet_judge_enter(struct jet_judge *judge, struct jet_str path, size_t name_len, bool ignored,
                    bool unsent);

/** jet_judge_push() - into a directory that was entered before.  0 or -1. */
int jet_judge_push(struct jet_judge *judge, const char *name, size_t len);

/** jet_judge_pop() - back to the parent. */
void jet_judge_pop(struct jet_judge *judge);

/** jet_judge_rule() - a rule as the caller knows it; NULL for JET_NO_RULE. */
const struct jet_rule *jet_judge_rule(const struct jet_judge *judge, uint32_t index);

/** jet_judge_fail_rule() - a rule of @rs does not compile.  Return: JET_E_PATTERN. */
int jet_judge_fail_rule(const struct jet_ruleset *rs, const struct jet_rule *rule,
                        struct jet_error *err);

/** jet_judge_fail() - the failure of a rule that does not compile.  @rule NULL: it says
 *  what is sent, and the error names no file.  Return: JET_E_PATTERN. */
int jet_judge_fail(const struct jet_judge *judge, const struct jet_rule *rule,
                   struct jet_error *err);

/** jet_judge_removes() - does the daemon of the classic builder remove this file
 *  after it has read it? */
bool jet_judge_removes(const struct jet_judge *judge, const char *path, size_t len);

/* ---- rescue.c ----------------------------------------------------------- */

/** jet_rescue() - finds the files to be rescued and extends the rules.  0 or a
 *  negative enum jet_code. */
int jet_rescue(struct jet_judge *judge, const struct jet_walk_options *options,
               struct jet_error *err);

#endif
