/* SPDX-License-Identifier: Apache-2.0 */
/*
 * env.h - variables in scope; a stage's scope goes on where its base's ended.
 *
 * Names come from a Dockerfile that may be hostile, and stages may be stacked by the
 * ten thousand.  So this is no hash table, but a tree over the bits of names, where
 * a look-up takes no more steps than the name has bits; and scopes share what they
 * have in common, so that to go on from one costs nothing.
 */
#ifndef JET_DOCKERFILE_ENV_H
#define JET_DOCKERFILE_ENV_H

#include "base/arena.h"
#include "base/str.h"

struct jet_doubt;
struct jet_env_node;

struct jet_var {
	struct jet_str name;
	struct jet_str value;    /* data NULL: declared by ARG, but not set */
	struct jet_doubt *doubt; /* NULL, or an unset variable that the value came from */
	bool arg;                /* set by ARG, not by ENV */
};

/** struct jet_env - a scope; zero it and fill in arena.  Must not move. */
struct jet_env {
	struct jet_arena *arena;      /* the tree lives here */
	bool hides_args;              /* classic, buildah: ARG is not inherited, and
	                                 ENV wins over it */
	struct jet_env_node *root;
};

/** jet_env_nest() - empty @env goes on from @outer, which must not change any more. */
void jet_env_nest(struct jet_env *env, const struct jet_env *outer);

/** jet_env_get() - the variable, or NULL. */
const struct jet_var *jet_env_get(const struct jet_env *env, struct jet_str name);

/** jet_env_put() - sets it in this scope; texts are borrowed.  0, or -1 when out
 *  of memory. */
int jet_env_put(struct jet_env *env, struct jet_var var);

/** jet_env_set() - the same for a value that is beyond doubt. */
int jet_env_set(struct jet_env *env, struct jet_str name, struct jet_str value, bool arg);

#endif
