/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plugin.h"

#include "base/error.h"
#include "base/json.h"
#include "base/path.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "cli/trouble.h"

#include <stdlib.h>
#include <string.h>

/* ---- the handshake ------------------------------------------------------ */

static int say_what_it_is(void)
{
	struct jet_buf text = { 0 };
	struct jet_json w = { .out = &text };
	struct jet_output out;
	struct jet_error err;
	int rc;

	jet_json_open(&w, '{');
	jet_json_key(&w, "SchemaVersion");
	jet_json_text(&w, "0.1.0");
	jet_json_key(&w, "Vendor");
	jet_json_text(&w, "jettison");
	jet_json_key(&w, "Version");
	jet_json_text(&w, jet_version());
	jet_json_key(&w, "ShortDescription");
	jet_json_text(&w, "Build from what a build needs of its context");
	jet_json_close(&w, '}');
	rc = jet_json_end(&w) < 0 || jet_buf_byte(&text, '\n') < 0 ? jet_fail_nomem(&err)
	                                                           : jet_output_open(&out, NULL, &err);
	if (rc == 0) {
		jet_output_write(&out, text.data, text.len);
		rc = jet_output_commit(&out);
		err = out.err;
	}
	jet_buf_clear(&text);
	return rc < 0 ? jet_trouble(&err, false) : JET_EXIT_DONE;
}

/* ---- docker's own options ----------------------------------------------- */

/* Those of docker 20.10 to 29 with a value. */
static bool takes_value(const char *word)
{
	static const char *const names[] = { "--config", "--context", "--host", "--log-level",
		                             "--tlscacert", "--tlscert", "--tlskey",
		                             "-H", "-c", "-l" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], word) == 0)
			return true;
	}
	/* Letters in one word, the last of which takes one: -DH. */
	return word[0] == '-' && word[1] && word[1] != '-' && word[2] &&
	       strcspn(word + 1, "Hcl") == strlen(word) - 2;
}

/* Where the plugin's name stands; 0: nowhere. */
static int name_at(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-')
			return strcmp(argv[i], "jettison") == 0 ? i : 0;
		if (takes_value(argv[i]))
			i++;
	}
	return 0;
}

/* The docker that runs us; an odd name is none that --with knows. */
static const char *which_docker(void)
{
	const char *name = getenv("DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND");

	return name && strcmp(jet_path_name(name), "docker") == 0 ? name : "docker";
}

/* Behind "build", docker's options as those of build. */
static int make_words(struct jet_plugin *p, int at, int argc, char **argv)
{
	/* This one, build, --with, docker's, the rest and NULL. */
	char **words = calloc((size_t)argc + 2, sizeof(*words));
	int n = 2;

	p->made = calloc((size_t)at, sizeof(*p->made));
	p->nmade = at;
	if (!words || !p->made) {
		free(words);
		return -1;
	}
	p->argv = words;
	words[0] = argv[0];
	words[1] = argv[at + 1];
	words[n++] = p->made[0] = jet_concat("--with=", which_docker(), "");
	for (int i = 1; i < at; i++)
		words[n++] = p->made[i] = jet_concat("--global=", argv[i], "");
	for (int i = at + 2; i < argc; i++)
		words[n++] = argv[i];
	p->argc = n;
	for (int i = 0; i < at; i++) {
		if (!p->made[i])
			return -1;
	}
	return 0;
}

bool jet_plugin_read(struct jet_plugin *p, int argc, char **argv, int *code)
{
	struct jet_error err;
	int at;

	p->argc = argc;
	p->argv = argv;
	if (argc < 2 || strcmp(jet_path_name(argv[0]), "docker-jettison") != 0)
		return true;
	if (strcmp(argv[1], "docker-cli-plugin-metadata") == 0) {
		*code = say_what_it_is();
		return false;
	}
	at = name_at(argc, argv);
	if (!at)
		return true;
	/* Only build talks to docker. */
	if (at + 1 >= argc || strcmp(argv[at + 1], "build") != 0) {
		p->argc = argc - at;
		p->argv = argv + at;
		return true;
	}
	if (make_words(p, at, argc, argv) == 0)
		return true;
	jet_plugin_clear(p);
	jet_fail_nomem(&err);
	*code = jet_trouble(&err, false);
	return false;
}

void jet_plugin_clear(struct jet_plugin *p)
{
	if (!p->made)
		return;
	for (int i = 0; i < p->nmade; i++)
		free(p->made[i]);
	free(p->made);
	free(p->argv);
	*p = (struct jet_plugin){ 0 };
}
