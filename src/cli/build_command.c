/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_command.h"

#include "base/error.h"
#include "cli/buildctl.h"

#include <string.h>

static void put_as_written(struct jet_words *words, const struct jet_build_word *w)
{
	jet_words_put(words, w->text);
	if (w->value && !w->joined)
		jet_words_put(words, w->value);
}

/* docker, podman, buildah. */
static void put_build(struct jet_words *words, const struct jet_build_command *c)
{
	if (c->tool->kind == JET_TOOL_BUILDX)
		jet_words_put(words, "buildx");
	jet_words_put(words, c->tool->kind == JET_TOOL_BUILDAH ? "bud" : "build");
	for (size_t i = 0; i < c->args->ntheirs; i++)
		put_as_written(words, &c->args->theirs[i]);
	if (c->dockerfile) {
		jet_words_put(words, "-f");
		jet_words_put(words, c->dockerfile);
	}
	if (c->ignore_file) {
		jet_words_put(words, "--ignorefile");
		jet_words_put(words, c->ignore_file);
	}
	jet_words_put(words, c->context);
}

int jet_build_command_words(const struct jet_build_command *command, struct jet_arena *arena,
                            char ***words, struct jet_error *err)
{
	struct jet_words w = { .arena = arena };
	int rc = 0;

	jet_words_put(&w, command->tool->name);
	for (size_t i = 0; i < command->globals->n; i++)
		jet_words_put(&w, command->globals->items[i]);
	if (command->tool->kind == JET_TOOL_BUILDCTL)
		rc = jet_buildctl_put(&w, command, err);
	else
		put_build(&w, command);
	if (jet_words_finish(&w, words) < 0 && rc == 0)
		rc = jet_fail_nomem(err);
	return rc;
}

int jet_shell_word(struct jet_buf *buf, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	                            "_@%+=:,./-";
	int bad;

	if (word[0] && !word[strspn(word, plain)])
		return jet_buf_text(buf, word);
	bad = jet_buf_byte(buf, '\'');
	for (; *word && !bad; word++)
		bad = *word == '\'' ? jet_buf_text(buf, "'\\''") : jet_buf_byte(buf, *word);
	return bad ? bad : jet_buf_byte(buf, '\'');
}
