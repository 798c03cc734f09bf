/* SPDX-License-Identifier: Apache-2.0 */
/* plan_private.h - what the parts of the plan share: plan.c goes through instructions,
 * plan_source.c takes one source, wild.c finds what wildcards match, select.c what
 * --parents and --exclude leave, and plan_put.c notes what is needed. */
#ifndef JET_CONTEXT_PLAN_PRIVATE_H
#define JET_CONTEXT_PLAN_PRIVATE_H

#include "context/look.h"
#include "context/plan.h"

/* One jet_plan_add(). */
struct jet_planner {
	struct jet_plan *plan;
	const struct jet_dockerfile *df;
	struct jet_look *look;           /* the context as the step sees it */
	struct jet_ruleset *include;     /* what BuildKit sends; NULL: everything */
	const struct jet_source *source; /* at hand */
	const struct jet_word *word;     /* which an error is about */
	uint32_t need;                   /* its own */
	struct jet_ruleset *exclude;     /* of its flags, or NULL */
	struct jet_ruleset *pattern;     /* of COPY --parents */
	const struct jet_selection *sel; /* the same and the other, for matches of its base */
	size_t nmatched;                 /* by all sources of its instruction so far */
	size_t next;                     /* where add_need() looks first */
	struct jet_str *links;           /* the links in the root that exist, once asked */
	size_t nlinks;
	struct jet_buf path;             /* of the root being put */
	struct jet_error *err;
};

/* ---- plan_source.c ------------------------------------------------------ */

/** jet_planner_add() - what the source at hand reads. */
int jet_planner_add(struct jet_planner *p);

/* ---- plan_put.c --------------------------------------------------------- */

/** jet_planner_put() - @node is needed, and what is below as the cover says.  0 or a
 *  negative enum jet_code, as all of these. */
int jet_planner_put(struct jet_planner *p, struct jet_tree_node *node, uint32_t cover);

/** jet_planner_put_alone() - a directory that has to be there, whatever is in it. */
int jet_planner_put_alone(struct jet_planner *p, struct jet_tree_node *dir);

/** jet_planner_put_link() - a link on the way is needed as it is.  A jet_link_fn. */
int jet_planner_put_link(void *p, struct jet_tree_node *link);

/** jet_planner_resolve() - jet_look_resolve(), with the links on the way put. */
int jet_planner_resolve(struct jet_planner *p, struct jet_str path, struct jet_tree_node **node);

/** jet_planner_put_resolved() - what @path leads to is needed as the source at hand
 *  reads it: a file, or a directory with what its flags leave of it. */
int jet_planner_put_resolved(struct jet_planner *p, struct jet_str path);

/** jet_planner_failed() - what an answer of the look's other than JET_LOOK_FOUND means
 *  for the source: an error with its place. */
int jet_planner_failed(struct jet_planner *p, int answer, struct jet_str path);

/** jet_planner_fail_loop() - JET_E_LINK_LOOP. */
int jet_planner_fail_loop(struct jet_planner *p, struct jet_spot at, struct jet_str path);

/** jet_planner_fail_reading() - gives an error of the look's its place.  @code. */
int jet_planner_fail_reading(struct jet_planner *p, struct jet_spot at, int code);

/** jet_planner_missing() - the failure, with the way out.
 *  @path: what the builder names */
int jet_planner_missing(struct jet_planner *p, struct jet_str path, const struct jet_missing *missing);

/** jet_planner_not_found() - the same for a path. */
int jet_planner_not_found(struct jet_planner *p, struct jet_str path);

/** jet_planner_fail_pattern() - JET_E_PATTERN, where the source stands.
 *  @list: the option that has the pattern, as BuildKit calls it, or "" */
int jet_planner_fail_pattern(struct jet_planner *p, const char *list, struct jet_str pattern);

/** jet_planner_cover() - the number of a cover. */
int jet_planner_cover(struct jet_planner *p, struct jet_ruleset *exclude, size_t base_len,
                      uint32_t *cover);

/* ---- wild.c ------------------------------------------------------------- */

/** typedef jet_match_fn - takes one match. */
typedef int (*jet_match_fn)(struct jet_planner *p, struct jet_tree_node *match);

/**
 * jet_wild_each() - what a path with wildcards matches.
 * @n: set to how many
 *
 * The part before the first wildcard has to be there, and its links are followed;
 * behind it none is, but by buildah.  A match is not entered.
 */
int jet_wild_each(struct jet_planner *p, struct jet_str path, jet_match_fn fn, size_t *n);

/** jet_planner_is_odd() - is the source at hand a pattern, if it is one, that matches
 *  nothing, for the dialect compares it with whole paths as it is written, and none has a
 *  "/" at its end, "//", "." or ".."? */
bool jet_planner_is_odd(const struct jet_planner *p);

/** jet_wild_no_match() - the failure where @path, which has wildcards, matches nothing. */
int jet_wild_no_match(struct jet_planner *p, struct jet_str path);

/* ---- select.c ----------------------------------------------------------- */

/** struct jet_selection - what is read below a directory. */
struct jet_selection {
	struct jet_str pattern;      /* COPY --parents; data NULL: everything */
	struct jet_ruleset *include; /* the same, compiled, or NULL */
	struct jet_ruleset *exclude; /* or NULL */
};

/** jet_selects() - does it select this path, relative to its base, by itself? */
int jet_selects(struct jet_planner *p, const struct jet_selection *sel, struct jet_str path,
                bool *answer);

/** jet_select_links() - a link in the context root that is copied must lead somewhere,
 *  and what it leads to has to stay: its metadata goes into the cache key. */
int jet_select_links(struct jet_planner *p, const struct jet_selection *sel);

/**
 * jet_select_below() - puts what @sel selects below @base, and the directories that
 * lead there; @base too, unless it is the root.
 *
 * Links are not followed.
 */
int jet_select_below(struct jet_planner *p, const struct jet_selection *sel,
                     struct jet_tree_node *base);

#endif
