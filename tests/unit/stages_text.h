/* SPDX-License-Identifier: Apache-2.0 */
/* stages_text.h - a Dockerfile, its stages and its sources as text, so that a test
 * compares one string. */
#ifndef JET_UNIT_STAGES_TEXT_H
#define JET_UNIT_STAGES_TEXT_H

#include "base/buf.h"
#include "dockerfile/source.h"

/** struct stages_case - what is built; zero is BuildKit's default build. */
struct stages_case {
	const char *args, *env, *contexts; /* "A=1 B=2", or NULL */
	struct jet_build_options build;
};

/**
 * put_failure() - appends "CLASS[ LINE[:COLUMN]]: MESSAGE".
 */
void put_failure(struct jet_buf *out, int rc, const struct jet_error *err);

/**
 * stages_text() - the stages: "[*]NAME<-BASE[ deps];" each; "*" is reachable, the
 * base is "#2" for a stage, "(x)" for a named context, the dependencies numbers.
 *
 * Return: the text or the failure; the caller frees it.
 */
char *stages_text(const char *dockerfile, const struct stages_case *c);

/**
 * sources_text() - the sources: "[KIND]PATH[@LINE] ..." each and ";".
 *
 * The kind is "+" for ADD, "b" for a bind mount; "^" --parents, "-P" an exclude,
 * "(x)" the named context.  Behind them what BuildKit's client is asked for, if it
 * is more than the paths: "ask /a", and unset variables: "unset NAME@LINE IMAGE".
 */
char *sources_text(const char *dockerfile, const struct stages_case *c);

#endif
