/* SPDX-License-Identifier: Apache-2.0 */
/* reference.h - the name of an image, as docker takes it. */
#ifndef JET_DOCKERFILE_REFERENCE_H
#define JET_DOCKERFILE_REFERENCE_H

#include "base/str.h"

/** struct jet_reference - its parts; they point into the text or are static. */
struct jet_reference {
	struct jet_str domain;   /* "docker.io" where none is written */
	struct jet_str library;  /* "library/" before the path there, if it has no "/" */
	struct jet_str path;
	struct jet_str tag;      /* data NULL: none */
	struct jet_str digest;   /* "sha256:..."; data NULL: none */
};

/**
 * jet_reference_parse() - distribution's reference.ParseNormalizedNamed().
 * @ref: filled on success; may be NULL
 *
 * Return: NULL, or why it is none: static, as docker words it.
 */
const char *jet_reference_parse(struct jet_str text, struct jet_reference *ref);

/** jet_reference_same() - do both name the same image?  "alpine" is
 *  "docker.io/library/alpine:latest".  False if one of them is no reference. */
bool jet_reference_same(struct jet_str a, struct jet_str b);

/** jet_digest_fault() - NULL for "sha256:..." and the like, or why it is none: static. */
const char *jet_digest_fault(struct jet_str text);

/** jet_reference_official() - is it one of these Docker Official Images, in any version?
 *  @names: as in "docker.io/library/NAME"; NULL ends them */
bool jet_reference_official(struct jet_str text, const char *const *names);

#endif
