/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/env.h"

#include <string.h>

/* Each byte of a name is nine bits: that it is there, and its own.  So no name is
 * the beginning of another. */
enum { BITS = 9 };

static const size_t LEAF = SIZE_MAX;

/* An inner node says at which bit the names below it part; all bits before are the
 * same. */
struct jet_env_node {
	const struct jet_env *owner;   /* the scope that made it, and may change it */
	size_t bit;                    /* LEAF: it is a variable */
	struct jet_env_node *child[2];
	const struct jet_env_node *any; /* some leaf below */
	struct jet_var var;
};

static unsigned bit_of(struct jet_str name, size_t bit)
{
	const size_t byte = bit / BITS, i = bit % BITS;

	if (byte >= name.len)
		return 0;
	return i ? (unsigned char)name.data[byte] >> (BITS - 1 - i) & 1U : 1U;
}

static bool same(struct jet_str a, struct jet_str b)
{
	return a.len == b.len && (!a.len || memcmp(a.data, b.data, a.len) == 0);
}

/* The first bit that is not the same; LEAF: all are. */
static size_t first_difference(struct jet_str a, struct jet_str b)
{
	const size_t n = a.len < b.len ? a.len : b.len;
	size_t byte = 0, bit;

	while (byte < n && a.data[byte] == b.data[byte])
		byte++;
	if (byte == a.len && byte == b.len)
		return LEAF;
	bit = byte * BITS;
	while (bit_of(a, bit) == bit_of(b, bit))
		bit++;
	return bit;
}

/* Can a name of this length be below?  Names that part behind its end all go on
 * there. */
static bool may_hold(const struct jet_env_node *node, struct jet_str name)
{
	return node->bit <= name.len * BITS;
}

static struct jet_env_node *find(const struct jet_env *env, struct jet_str name)
{
	struct jet_env_node *node = env->root;

	while (node && node->bit != LEAF)
		node = may_hold(node, name) ? node->child[bit_of(name, node->bit)] : NULL;
	return node && same(node->var.name, name) ? node : NULL;
}

const struct jet_var *jet_env_get(const struct jet_env *env, struct jet_str name)
{
	const struct jet_env_node *node = find(env, name);

	return node && !(env->hides_args && node->var.arg && node->owner != env) ? &node->var : NULL;
}

int jet_env_set(struct jet_env *env, struct jet_str name, struct jet_str value, bool arg)
{
	return jet_env_put(env, (struct jet_var){ .name = name, .value = value, .arg = arg });
}

/* The node at @place as one that may be changed. */
static struct jet_env_node *own(struct jet_env *env, struct jet_env_node **place)
{
	struct jet_env_node *copy;

	if ((*place)->owner == env)
		return *place;
	copy = jet_arena_alloc(env->arena, sizeof(*copy));
	if (!copy)
		return NULL;
	*copy = **place;
	copy->owner = env;
	*place = copy;
	return copy;
}

/* Where names like this one end up: a leaf that is as near as any. */
static const struct jet_env_node *nearest(const struct jet_env *env, struct jet_str name)
{
	const struct jet_env_node *node = env->root;

	while (node->bit != LEAF) {
		if (!may_hold(node, name))
			return node->any;
		node = node->child[bit_of(name, node->bit)];
	}
	return node;
}

static struct jet_env_node *leaf(struct jet_env *env, struct jet_var var)
{
	struct jet_env_node *node = jet_arena_alloc(env->arena, sizeof(*node));

	if (node)
		*node = (struct jet_env_node){ .owner = env, .bit = LEAF, .var = var };
	return node;
}

/* Puts @added where names part at @bit from what is there; LEAF: in its place. */
static int insert(struct jet_env *env, struct jet_env_node *added, size_t bit)
{
	const struct jet_str name = added->var.name;
	struct jet_env_node **place = &env->root, *node;

	while ((*place)->bit != LEAF && (*place)->bit < bit) {
		node = own(env, place);
		if (!node)
			return -1;
		place = &node->child[bit_of(name, node->bit)];
	}
	if (bit == LEAF) {
		*place = added;
		return 0;
	}
	node = jet_arena_alloc(env->arena, sizeof(*node));
	if (!node)
		return -1;
	*node = (struct jet_env_node){ .owner = env, .bit = bit, .any = added };
	node->child[bit_of(name, bit)] = added;
	node->child[!bit_of(name, bit)] = *place;
	*place = node;
	return 0;
}

int jet_env_put(struct jet_env *env, struct jet_var var)
{
	const struct jet_env_node *near = env->root ? nearest(env, var.name) : NULL;
	const struct jet_var *old = var.arg && env->hides_args ? jet_env_get(env, var.name) : NULL;
	struct jet_env_node *known, *added;

	if (old && !old->arg)
		return 0;
	known = find(env, var.name);
	if (known && known->owner == env) {
		known->var = var;
		return 0;
	}
	added = leaf(env, var);
	if (!added)
		return -1;
	if (near)
		return insert(env, added, first_difference(near->var.name, var.name));
	env->root = added;
	return 0;
}

void jet_env_nest(struct jet_env *env, const struct jet_env *outer)
{
	env->root = outer->root;
}
