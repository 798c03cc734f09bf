/* SPDX-License-Identifier: Apache-2.0 */
/* stage_private.h - between the files that find out about stages. */
#ifndef JET_DOCKERFILE_STAGE_PRIVATE_H
#define JET_DOCKERFILE_STAGE_PRIVATE_H

#include "dockerfile/stage.h"

/* ---- stage.c ------------------------------------------------------------ */

/** jet_stages_expand() - a word of FROM, ARG or --from.  @told: where errors are told.
 *  0, JET_E_EXPAND or JET_E_NOMEM. */
int jet_stages_expand(struct jet_stages *s, struct jet_word word, struct jet_spot told,
                      const struct jet_env *env, struct jet_str *out, struct jet_error *err);

/** jet_stages_fault() - what is wrong with a stage: where the dialect is lazy it is kept
 *  until the stage turns out to be built.  @rc, or 0 if it was kept. */
int jet_stages_fault(struct jet_stages *s, struct jet_stage *stage, int rc, struct jet_error *err);

/* ---- stage_names.c ------------------------------------------------------ */

/** jet_stages_add_name() - makes a stage known by its name.  0 or JET_E_NOMEM. */
int jet_stages_add_name(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err);

/** jet_stages_lower() - a name as the dialect compares it.  0 or -1. */
int jet_stages_lower(struct jet_stages *s, struct jet_str word, struct jet_str *name);

/** jet_stages_find() - the stage of that name, of those known so far; SIZE_MAX: none. */
size_t jet_stages_find(const struct jet_stages *s, struct jet_str name);

/** jet_stages_context() - the named context; NULL: none. */
const struct jet_pair *jet_stages_context(const struct jet_stages *s, struct jet_str name);

/* ---- stage_from.c ------------------------------------------------------- */

/** jet_stages_read() - all FROM lines. */
int jet_stages_read(struct jet_stages *s, struct jet_error *err);

/* ---- stage_graph.c ------------------------------------------------------ */

/** jet_stages_depend() - what an instruction of @stage depends on.
 *  @trigger: it is ONBUILD of the base, so its errors are told in the FROM line */
int jet_stages_depend(struct jet_stages *s, struct jet_stage *stage, const struct jet_instruction *in,
                      bool trigger, struct jet_error *err);

/** jet_stages_check_images() - are the images it names named as images can be? */
int jet_stages_check_images(struct jet_stages *s, struct jet_stage *stage, struct jet_error *err);

/** jet_stages_check_cycles() - JET_E_STAGE when stages need each other in a circle. */
int jet_stages_check_cycles(struct jet_stages *s, struct jet_error *err);

/** jet_stages_find_target() - sets s->target, or JET_E_STAGE. */
int jet_stages_find_target(struct jet_stages *s, struct jet_error *err);

/** jet_stages_mark() - marks what the target reaches as far as it is known. */
int jet_stages_mark(struct jet_stages *s, struct jet_error *err);

/* ---- stage_trigger.c ---------------------------------------------------- */

/** jet_stages_reach() - marks what the target reaches, ONBUILD included. */
int jet_stages_reach(struct jet_stages *s, struct jet_error *err);

#endif
