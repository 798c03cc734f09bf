/* SPDX-License-Identifier: Apache-2.0 */
/* source_private.h - between the files that find sources. */
#ifndef JET_DOCKERFILE_SOURCE_PRIVATE_H
#define JET_DOCKERFILE_SOURCE_PRIVATE_H

#include "dockerfile/source.h"
#include "dockerfile/stage_private.h"

/** struct jet_doubt - what may have another value than was taken. */
struct jet_doubt {
	struct jet_unset_var var;
	bool told;              /* it is in jet_sources.unset */
};

/** struct jet_outcome - what a stage leaves behind for those that build on it. */
struct jet_outcome {
	struct jet_env env;
	struct jet_str workdir; /* data NULL: it hangs on what the external base image sets */
	struct jet_str image;   /* the external image at the bottom; data NULL: none */
};

/** struct jet_finder - one jet_sources_find(). */
struct jet_finder {
	struct jet_stages *stages;
	struct jet_sources *found;
	struct jet_error *err;
	struct jet_outcome *outcomes; /* by stage */
	struct jet_stage *stage;      /* at hand */
	struct jet_outcome *now;
	const struct jet_instruction *in;
	struct jet_spot at;           /* where its errors are told */
	bool trigger;                 /* it is ONBUILD of the base */

	/* Of the word at hand. */
	const struct jet_word *word;
	bool matters;                 /* a source hangs on it */
	struct jet_doubt *doubt;      /* the first one; NULL: none */
	struct jet_env noted;         /* doubts by name, the last one of each */
};

/* ---- source.c ----------------------------------------------------------- */

/** jet_source_expander() - for the word @word of the instruction at hand.
 *  @matters: a source hangs on its value */
struct jet_expander jet_source_expander(struct jet_finder *f, const struct jet_word *word, bool matters);

/** jet_source_told() - the outcome of an expansion: 0, JET_E_EXPAND or JET_E_NOMEM.
 *  @text: what was expanded */
int jet_source_told(struct jet_finder *f, const struct jet_expander *x, struct jet_str text,
                    enum jet_expanded rc);

/** jet_source_expand() - expands a word; as jet_source_told(). */
int jet_source_expand(struct jet_finder *f, const struct jet_word *word, bool matters,
                      struct jet_str *out);

/** jet_source_fail() - fails because of a word, or (NULL) of the instruction.  @code. */
int jet_source_fail(struct jet_finder *f, int code, const struct jet_word *word, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/** jet_source_join() - "/" + @base + @path, clean.  0 or JET_E_NOMEM. */
int jet_source_join(struct jet_finder *f, struct jet_str base, struct jet_str path, struct jet_str *out);

/** jet_source_ask() - a path that BuildKit asks its client for.  0 or JET_E_NOMEM. */
int jet_source_ask(struct jet_finder *f, struct jet_str path);

/** jet_source_add() - a source; kind, context, word, text, and what excludes there are
 *  are filled in.  0 or JET_E_NOMEM. */
int jet_source_add(struct jet_finder *f, struct jet_source source);

/** jet_source_from() - where --from or a mount's from leads.
 *  @flag: in which it stands
 *  @source: kind is filled in; context is set
 *  @ours: is it a directory of the client's, and not a stage or an image? */
int jet_source_from(struct jet_finder *f, const struct jet_word *flag, struct jet_str from,
                    struct jet_source *source, bool *ours);

/* ---- source_copy.c, source_run.c, source_values.c ------------------------ */

/** jet_source_copy() - COPY and ADD. */
int jet_source_copy(struct jet_finder *f);

/** jet_source_run() - RUN --mount. */
int jet_source_run(struct jet_finder *f);

/** jet_source_values() - EXPOSE, VOLUME, STOPSIGNAL, LABEL, USER: nothing is read, but
 *  their words are expanded, and may be refused. */
int jet_source_values(struct jet_finder *f);

/* ---- unset.c ------------------------------------------------------------ */

/** jet_unset_note() - a jet_doubt_fn; @ctx is the finder. */
void jet_unset_note(void *ctx, struct jet_str name, const struct jet_var *var, bool fallback);

/** jet_unset_tell() - a doubt that counts.  NULL is accepted. */
void jet_unset_tell(struct jet_finder *f, struct jet_doubt *doubt);

#endif
