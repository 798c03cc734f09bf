/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile.h - a Dockerfile as a list of instructions.
 *
 *   jet_dockerfile_parse()      bytes to instructions, every one checked
 *   jet_stages_build()          stages, what they depend on: stage.h
 *   jet_sources_find()          what COPY, ADD and RUN mounts read: source.h
 *
 * Follows the frontend of BuildKit 0.32; what the classic builder and buildah do
 * otherwise is in dialect.h.
 */
#ifndef JET_DOCKERFILE_DOCKERFILE_H
#define JET_DOCKERFILE_DOCKERFILE_H

#include "base/arena.h"
#include "base/str.h"
#include "dockerfile/dialect.h"
#include "jettison.h"

enum jet_keyword {
	JET_KEYWORD_ADD, JET_KEYWORD_ARG, JET_KEYWORD_CMD, JET_KEYWORD_COPY,
	JET_KEYWORD_ENTRYPOINT, JET_KEYWORD_ENV, JET_KEYWORD_EXPOSE, JET_KEYWORD_FROM,
	JET_KEYWORD_HEALTHCHECK, JET_KEYWORD_LABEL, JET_KEYWORD_MAINTAINER,
	JET_KEYWORD_ONBUILD, JET_KEYWORD_RUN, JET_KEYWORD_SHELL, JET_KEYWORD_STOPSIGNAL,
	JET_KEYWORD_USER, JET_KEYWORD_VOLUME, JET_KEYWORD_WORKDIR,
	JET_KEYWORD_UNKNOWN
};

/** struct jet_spot - where something stands.  1-based; column in bytes. */
struct jet_spot {
	uint32_t line, column;
};

/** struct jet_word - a piece of an instruction. */
struct jet_word {
	struct jet_str text;
	struct jet_spot at, end;  /* as it is written: the first byte, and behind the last.
	                             A continuation may lie between them */
};

/** struct jet_heredoc - a here-document. */
struct jet_heredoc {
	struct jet_str name, body;
	struct jet_spot at, end;  /* of the word that opens it */
	uint32_t end_line;        /* where the line is that ends its body */
	bool expand; /* no part of the name was quoted */
	bool chomp;  /* "<<-": leading tabs do not count */
};

/** struct jet_instruction - one instruction; belongs to its Dockerfile. */
struct jet_instruction {
	enum jet_keyword keyword;
	struct jet_str name;      /* the keyword as written */
	struct jet_str line;      /* the logical line, trimmed */
	struct jet_spot at, end;  /* the first byte; behind the last of the logical line */
	uint32_t end_line;        /* last line, here-documents included */
	struct jet_word *flags;   /* "--name=value", quotes resolved */
	struct jet_word *words;   /* ENV and LABEL: names and values in turn */
	struct jet_heredoc *heredocs;
	size_t nflags, nwords, nheredocs;
	bool json;                /* the words came as a JSON array */
	struct jet_instruction *nested; /* ONBUILD: what it will run, unchecked */
};

struct jet_dockerfile {
	struct jet_arena arena;
	const char *name;         /* what errors call it */
	struct jet_instruction *list;
	size_t n, capacity;
	const struct jet_df_dialect *dialect;
	char escape;              /* '\\' or '`' */
	struct jet_str syntax;    /* value of the syntax directive; data NULL: none */
	struct jet_spot syntax_at;
	struct jet_spot unread;   /* the first here-document that the dialect does not know;
	                             line 0: none */
};

/**
 * jet_dockerfile_parse() - instructions from bytes.
 * @data, @len: copied
 * @name: what errors call the file
 * @builder: who is to read it
 * @df: set on success; jet_dockerfile_free() it
 *
 * All lines are read first, then every instruction is checked, also those that
 * will never run; buildah checks what it runs, see jet_sources_find().
 *
 * Return: 0; JET_E_PARSE with line and column; JET_E_NOMEM.
 */
int jet_dockerfile_parse(const void *data, size_t len, const char *name, enum jet_builder builder,
                         struct jet_dockerfile **df, struct jet_error *err);

/** jet_dockerfile_free() - accepts NULL. */
void jet_dockerfile_free(struct jet_dockerfile *df);

/** jet_keyword_name() - "COPY" ...  Static. */
const char *jet_keyword_name(enum jet_keyword keyword);

/** jet_instruction_flag() - value of flag @name; data NULL: not given.  A flag
 *  without "=" has an empty value. */
struct jet_str jet_instruction_flag(const struct jet_instruction *in, const char *name);

/** jet_instruction_flag_word() - flag @name as it is written; NULL: not given. */
const struct jet_word *jet_instruction_flag_word(const struct jet_instruction *in, const char *name);

/** jet_instruction_is() - is boolean flag @name given and not false? */
bool jet_instruction_is(const struct jet_instruction *in, const char *name);

/*
 * Where errors are told.  Builders name the line in which an instruction begins
 * (a trigger's: that of the FROM it runs for), and so does jet_error.line.  The
 * column is that of the word which is wrong if it stands on this line; else it is
 * the instruction's, and the message ends with the word's own line.  Where builders name
 * none, that is all there is.
 */

/** jet_fail_spot() - jet_fail() with line and column. */
int jet_fail_spot(struct jet_error *err, int code, const char *file, struct jet_spot at,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/** jet_fail_word() - jet_fail_spot() for a word at @word of an instruction whose errors
 *  are told at @told. */
int jet_fail_word(struct jet_error *err, int code, const char *file, struct jet_spot told,
                  struct jet_spot word, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/** jet_error_word() - makes an error in the line of an instruction one about the word at
 *  @word.  @err may be NULL. */
void jet_error_word(struct jet_error *err, struct jet_spot word);

#endif
