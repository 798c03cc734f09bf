/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/parse_private.h"

#include "base/error.h"
#include "dockerfile/words.h"

#include <string.h>

/* How the text behind the flags is split. */
enum form { FORM_IGNORE, FORM_JSON_WORDS, FORM_JSON_TEXT, FORM_BLANKS, FORM_QUOTED, FORM_PAIRS,
            FORM_TEXT, FORM_HEALTH, FORM_NESTED };

static const struct {
	const char *name;
	enum form form;
} keywords[] = {
	[JET_KEYWORD_ADD] = { "ADD", FORM_JSON_WORDS },
	[JET_KEYWORD_ARG] = { "ARG", FORM_QUOTED },
	[JET_KEYWORD_CMD] = { "CMD", FORM_JSON_TEXT },
	[JET_KEYWORD_COPY] = { "COPY", FORM_JSON_WORDS },
	[JET_KEYWORD_ENTRYPOINT] = { "ENTRYPOINT", FORM_JSON_TEXT },
	[JET_KEYWORD_ENV] = { "ENV", FORM_PAIRS },
	[JET_KEYWORD_EXPOSE] = { "EXPOSE", FORM_BLANKS },
	[JET_KEYWORD_FROM] = { "FROM", FORM_BLANKS },
	[JET_KEYWORD_HEALTHCHECK] = { "HEALTHCHECK", FORM_HEALTH },
	[JET_KEYWORD_LABEL] = { "LABEL", FORM_PAIRS },
	[JET_KEYWORD_MAINTAINER] = { "MAINTAINER", FORM_TEXT },
	[JET_KEYWORD_ONBUILD] = { "ONBUILD", FORM_NESTED },
	[JET_KEYWORD_RUN] = { "RUN", FORM_JSON_TEXT },
	[JET_KEYWORD_SHELL] = { "SHELL", FORM_JSON_TEXT },
	[JET_KEYWORD_STOPSIGNAL] = { "STOPSIGNAL", FORM_TEXT },
	[JET_KEYWORD_USER] = { "USER", FORM_TEXT },
	[JET_KEYWORD_VOLUME] = { "VOLUME", FORM_JSON_WORDS },
	[JET_KEYWORD_WORKDIR] = { "WORKDIR", FORM_TEXT },
	[JET_KEYWORD_UNKNOWN] = { "?", FORM_IGNORE },
};

/* Nested instructions do not nest again in practice, but a hostile line could. */
enum { MAX_NESTING = 100 };

const char *jet_keyword_name(enum jet_keyword keyword)
{
	return keywords[keyword].name;
}

static enum jet_keyword keyword_of(struct jet_str name)
{
	for (int k = 0; k < JET_KEYWORD_UNKNOWN; k++) {
		const char *word = keywords[k].name;
		size_t i = 0;

		while (i < name.len && word[i] && (name.data[i] & ~0x20) == word[i])
			i++;
		if (i == name.len && !word[i])
			return (enum jet_keyword)k;
	}
	return JET_KEYWORD_UNKNOWN;
}

/* Errors name the line in which the logical line begins. */
static struct jet_spot told(const struct jet_parser *p)
{
	struct jet_spot at = jet_lines_spot(&p->lines, 0);

	at.line = p->lines.first;
	return at;
}

/* ---- words -------------------------------------------------------------- */

static struct jet_spot spot(const struct jet_parser *p, const struct jet_word_list *list, size_t i)
{
	return jet_lines_spot(&p->lines, list->reaches[i].offset);
}

static int keep(struct jet_parser *p, const struct jet_word_list *list, struct jet_word **words,
                size_t *n)
{
	*words = jet_arena_array(&p->df->arena, list->n, sizeof(**words));
	if (!*words)
		return jet_fail_nomem(p->err);
	for (size_t i = 0; i < list->n; i++)
		(*words)[i] = (struct jet_word){ list->texts[i], spot(p, list, i),
			                         jet_lines_end(&p->lines, list->reaches[i].end) };
	*n = list->n;
	return 0;
}

/* "name=value ...", or the old "name rest of the line". */
static int put_pairs(struct jet_parser *p, struct jet_instruction *in, struct jet_word_list *list,
                     struct jet_str s)
{
	struct jet_word_list words = { .arena = list->arena, .base = list->base };
	const char *equals;
	int rc = jet_words_quoted(&words, s, p->lines.escape) < 0 ? jet_fail_nomem(p->err) : 0;

	if (rc == 0 && words.n && !memchr(words.texts[0].data, '=', words.texts[0].len)) {
		size_t n = 0, blanks = 0;

		while (n < s.len && !(blanks = jet_blank_run((struct jet_str){ s.data + n, s.len - n })))
			n++;
		if (!blanks)
			rc = jet_fail_word(p->err, JET_E_PARSE, p->df->name, told(p), in->at,
			                   "%s must have two arguments", keywords[in->keyword].name);
		else if (jet_words_add(list, (struct jet_str){ s.data, n }) < 0 ||
		         jet_words_add(list, (struct jet_str){ s.data + n + blanks,
		                                               s.len - n - blanks }) < 0)
			rc = jet_fail_nomem(p->err);
		words.n = 0;
	}
	for (size_t i = 0; rc == 0 && i < words.n; i++) {
		const struct jet_str w = words.texts[i];
		size_t n;

		equals = memchr(w.data, '=', w.len);
		if (!equals) {
			rc = jet_fail_word(p->err, JET_E_PARSE, p->df->name, told(p), spot(p, &words, i),
			                   "can't find = in \"%s\": must be of the form name=value",
			                   JET_SHOW(w));
			break;
		}
		n = (size_t)(equals - w.data);
		if (jet_words_add(list, (struct jet_str){ w.data, n }) < 0 ||
		    jet_words_add(list, (struct jet_str){ equals + 1, w.len - n - 1 }) < 0)
			rc = jet_fail_nomem(p->err);
	}
	jet_words_clear(&words);
	return rc;
}

/* A JSON array if it is one, else by @fallback. */
static int put_json(struct jet_parser *p, struct jet_instruction *in, struct jet_word_list *list,
                    struct jet_str s, enum form fallback)
{
	const enum jet_json_words found = jet_words_json(list, s);

	if (found == JET_JSON_NOMEM)
		return jet_fail_nomem(p->err);
	if (found == JET_JSON_OTHER)
		return jet_fail_word(p->err, JET_E_PARSE, p->df->name, told(p),
		                     jet_lines_spot(&p->lines, (size_t)(s.data - list->base)),
		                     "when using JSON array syntax, arrays must be comprised of "
		                     "strings only");
	in->json = found == JET_JSON_STRINGS;
	if (in->json || !s.len)
		return 0;
	if (fallback == FORM_JSON_WORDS)
		return jet_words_blank(list, s) < 0 ? jet_fail_nomem(p->err) : 0;
	return jet_words_add(list, s) < 0 ? jet_fail_nomem(p->err) : 0;
}

/* The type, then a command. */
static int put_health(struct jet_parser *p, struct jet_instruction *in, struct jet_word_list *list,
                      struct jet_str s)
{
	size_t n = 0, blanks = 0;

	while (n < s.len && !(blanks = jet_blank_run((struct jet_str){ s.data + n, s.len - n })))
		n++;
	if (!n)
		return 0;
	if (jet_words_add(list, (struct jet_str){ s.data, n }) < 0)
		return jet_fail_nomem(p->err);
	s = (struct jet_str){ s.data + n + blanks, s.len - n - blanks };
	return put_json(p, in, list, s, FORM_JSON_TEXT);
}

static int put_nested(struct jet_parser *p, struct jet_instruction *in, struct jet_str s,
                      const char *base, unsigned depth)
{
	if (!s.len)
		return 0;
	if (depth == MAX_NESTING)
		return jet_fail_word(p->err, JET_E_PARSE, p->df->name, told(p), in->at,
		                     "ONBUILD is nested too deeply");
	in->nested = jet_arena_alloc(&p->df->arena, sizeof(*in->nested));
	if (!in->nested)
		return jet_fail_nomem(p->err);
	return jet_parse_instruction(p, s, base, depth + 1, in->nested);
}

static int put_words(struct jet_parser *p, struct jet_instruction *in, struct jet_word_list *list,
                     struct jet_str s, unsigned depth)
{
	int bad = 0;

	switch (keywords[in->keyword].form) {
	case FORM_JSON_WORDS:
	case FORM_JSON_TEXT:
		return put_json(p, in, list, s, keywords[in->keyword].form);
	case FORM_PAIRS:
		return put_pairs(p, in, list, s);
	case FORM_HEALTH:
		return put_health(p, in, list, s);
	case FORM_NESTED:
		return put_nested(p, in, s, list->base, depth);
	case FORM_BLANKS:
		bad = jet_words_blank(list, s);
		break;
	case FORM_QUOTED:
		bad = jet_words_quoted(list, s, p->lines.escape);
		break;
	case FORM_TEXT:
		bad = s.len ? jet_words_add(list, s) : 0;
		break;
	default:
		break;
	}
	return bad ? jet_fail_nomem(p->err) : 0;
}

/* Keyword, flags, words.  @line is part of the logical line at @base. */
int jet_parse_instruction(struct jet_parser *p, struct jet_str line, const char *base, unsigned depth,
                          struct jet_instruction *in)
{
	struct jet_word_list flags = { .arena = &p->df->arena, .base = base };
	struct jet_word_list words = { .arena = &p->df->arena, .base = base };
	size_t n = 0, blanks = 0;
	struct jet_str s = jet_str_trim(line);
	int rc = 0;

	in->line = s;
	in->at = jet_lines_spot(&p->lines, (size_t)(s.data - base));
	in->end = jet_lines_end(&p->lines, (size_t)(s.data - base) + s.len);
	while (n < s.len && !(blanks = jet_blank_run((struct jet_str){ s.data + n, s.len - n })))
		n++;
	in->name = (struct jet_str){ s.data, n };
	in->keyword = keyword_of(in->name);
	s = (struct jet_str){ s.data + n + blanks, s.len - n - blanks };
	if (jet_words_flags(&flags, &s, p->lines.escape) < 0)
		rc = jet_fail_nomem(p->err);
	s = jet_str_trim(s);
	if (rc == 0)
		rc = put_words(p, in, &words, s, depth);
	if (rc == 0)
		rc = keep(p, &flags, &in->flags, &in->nflags);
	if (rc == 0)
		rc = keep(p, &words, &in->words, &in->nwords);
	jet_words_clear(&flags);
	jet_words_clear(&words);
	return rc;
}
