/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain.h - does a path ship, and what decided?
 *
 * jet_explainer_open(), jet_explain() for any number of paths, then
 * jet_explainer_close().  The fate of a path is that of a walk that goes only
 * there; the rules are asked for the reason.
 */
#ifndef JET_REPORT_EXPLAIN_H
#define JET_REPORT_EXPLAIN_H

#include "base/buf.h"
#include "jettison.h"

enum jet_fate {
	JET_FATE_SHIPPED,
	JET_FATE_LEFT_OUT,   /* by the rules, or by what the builder makes of them */
	JET_FATE_MISSING,
	JET_FATE_NOT_NEEDED, /* it would ship, but no instruction reads it */
	JET_FATE_UNDECIDED   /* the same, but what the instructions read is not known;
	                        never the answer of jet_explain(): its caller knows */
};

/* What is to be said beyond the deciding rule. */
enum jet_reason {
	JET_REASON_RULE,    /* the rule says so, or there is none */
	JET_REASON_IMPLIED, /* a directory with something below it that ships; itself it
	                       is ignored, or with JET_FATE_NOT_NEEDED nobody reads it */
	JET_REASON_EMPTIED, /* ships with no content */
	JET_REASON_PRUNED,  /* the rules keep it, but the builder never gets there */
	JET_REASON_REMOVED, /* the daemon removes it after reading it */
	JET_REASON_SOCKET,  /* this builder drops sockets */
	JET_REASON_UNREADABLE /* this builder cannot read it, and goes on: it ships
	                         with no content, or is left out */
};

struct jet_explanation {
	enum jet_fate fate;
	enum jet_reason reason;
	struct jet_verdict verdict; /* what the rules say, also of a missing path */
	const struct jet_trace *trace; /* every rule that flipped it; borrowed until
	                                  the next call */
	size_t ntrace;
	/* JET_REASON_PRUNED: the ignored directory that is not read. */
	size_t pruned_len;            /* bytes of the path */
	const struct jet_rule *pruned_rule;
	/* With a plan: the instructions that read it, as in struct jet_entry; where it is
	 * not needed, but something below it: that.  Borrowed until the next call. */
	const uint32_t *by;
	size_t nby;
};

struct jet_explainer;

/**
 * jet_explainer_open() - gets ready.
 * @root: context directory
 * @options: as for jet_walk_open(); flags and only are not looked at.  With a
 *           plan, what it does not need has JET_FATE_NOT_NEEDED
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_explainer_open(const char *root, const struct jet_walk_options *options,
                       struct jet_explainer **ex, struct jet_error *err);

/**
 * jet_explain() - the fate of one path.
 * @path: plain, NUL-ended; "" is the context root, which always ships
 *
 * Return: 0, JET_E_PATTERN when a rule that had to be asked does not compile,
 * or another negative enum jet_code.
 */
int jet_explain(struct jet_explainer *ex, const char *path, struct jet_explanation *out,
                struct jet_error *err);

/**
 * jet_explain_nearest() - which path was probably meant by a missing one?
 * @nearest: it is appended; nothing when no name is near
 *
 * Reads the directory of the first name that is not there.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_explain_nearest(struct jet_explainer *ex, const char *path, struct jet_buf *nearest,
                        struct jet_error *err);

/**
 * jet_explain_real() - what a path names that goes through links.
 * @real: it is appended, as a plain path; nothing where it is @path itself, or there is
 *        nothing
 *
 * The last name is that of an entry, which may be a link itself: that one is not followed.
 *
 * Return: 0 or a negative enum jet_code.
 */
int jet_explain_real(struct jet_explainer *ex, const char *path, struct jet_buf *real,
                     struct jet_error *err);

/** jet_explainer_close() - accepts NULL. */
void jet_explainer_close(struct jet_explainer *ex);

#endif
