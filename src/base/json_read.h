/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_read.h - one JSON object from a line in memory, strictly by RFC 8259.
 *
 *   struct jet_json_text t = { .data = line, .len = len };
 *   rc = jet_json_begin(&t);
 *   while (rc == 1 && (rc = jet_json_member(&t, &key)) == 1)
 *           rc = jet_json_value(&t, &kind, &value)
 *
 * There is nothing to free but the buffers.  Whoever fails sets t.fault and leaves t.at
 * where it is wrong.
 */
#ifndef JET_BASE_JSON_READ_H
#define JET_BASE_JSON_READ_H

#include "base/buf.h"

#include <stdbool.h>

enum jet_json_kind { JET_JSON_STRING, JET_JSON_NUMBER, JET_JSON_BOOL, JET_JSON_NULL, JET_JSON_NESTED };

struct jet_json_text {
	const char *data;
	size_t len, at;
	const char *fault; /* NULL, or what is wrong at data + at; static */
	bool any;          /* a member has been given */
};

/** jet_json_begin() - takes the "{".  1 or 0 with a fault. */
int jet_json_begin(struct jet_json_text *t);

/**
 * jet_json_member() - the key of the next member.
 * @key: replaced by it, unescaped
 *
 * Return: 1; 0 at the end of the object or at a fault: nothing may stand behind it;
 * -1 when out of memory.
 */
int jet_json_member(struct jet_json_text *t, struct jet_buf *key);

/**
 * jet_json_value() - the value of the member.
 * @value: replaced: a string unescaped, a number as it is written, "true" or "false",
 *         nothing for null.  What is nested is checked and passed over
 *
 * Return: 1; 0 at a fault; -1 when out of memory.
 */
int jet_json_value(struct jet_json_text *t, enum jet_json_kind *kind, struct jet_buf *value);

#endif
