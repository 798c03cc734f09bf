/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/buildctl.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/** struct making - the command line, and what went wrong. */
struct making {
	struct jet_words *words;
	const struct jet_build_command *command;
	struct jet_error *err;
};

/** struct option - one of docker's, and what is done with it. */
struct option {
	const char *name;
	int (*put)(struct making *m, const struct option *option, const struct jet_build_word *word);
	const char *text; /* what it becomes, or what to use instead */
};

/* ---- words -------------------------------------------------------------- */

/* The name of an option of which build_args knows nothing stands in its text. */
static size_t name_of(const struct jet_build_word *word, const char **name)
{
	*name = word->name ? word->name : word->text[1] == '-' ? word->text + 2 : "";
	return word->name ? strlen(word->name) : strcspn(*name, "=");
}

bool jet_buildctl_is(const struct jet_build_word *word, const char *name)
{
	const char *is;
	const size_t len = name_of(word, &is);

	return strlen(name) == len && memcmp(is, name, len) == 0;
}

int jet_buildctl_flag(const struct jet_build_word *word)
{
	return word->value ? jet_truth(word->value) : 1;
}

static int refuse(struct making *m, const struct option *option,
                  const struct jet_build_word *word)
{
	(void)word;
	return jet_fail(m->err, JET_E_ARG, NULL, "buildctl has no --%s: %s", option->name, option->text);
}

static void put_opt(struct making *m, const char *name, const char *value)
{
	jet_words_put(m->words, "--opt");
	jet_words_join(m->words, name, value, (char *)NULL);
}

static int opt(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	put_opt(m, option->text, word->value);
	return 0;
}

/* buildctl has it, too. */
static int same(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	(void)option;
	jet_words_put(m->words, word->text);
	if (word->value && !word->joined)
		jet_words_put(m->words, word->value);
	return 0;
}

/* Goes in with others, elsewhere; or BuildKit does so in any case. */
static int nothing(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	(void)m;
	(void)option;
	(void)word;
	return 0;
}

/* ---- flags -------------------------------------------------------------- */

static int flag_value(struct making *m, const struct jet_build_word *word, bool *on)
{
	const int value = jet_buildctl_flag(word);

	*on = value == 1;
	if (value >= 0)
		return 0;
	return jet_fail(m->err, JET_E_ARG, NULL, "%.100s: buildctl knows no such value: "
	                "use true or false", word->text);
}

static int flag(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	bool on;
	int rc = flag_value(m, word, &on);

	if (rc == 0 && on)
		jet_words_put(m->words, option->text);
	return rc;
}

static int opt_flag(struct making *m, const struct option *option,
                    const struct jet_build_word *word)
{
	bool on;
	int rc = flag_value(m, word, &on);

	if (rc == 0 && on)
		put_opt(m, option->text, "");
	return rc;
}

static int refuse_flag(struct making *m, const struct option *option,
                       const struct jet_build_word *word)
{
	bool on;
	int rc = flag_value(m, word, &on);

	return rc == 0 && on ? refuse(m, option, word) : rc;
}

/* ---- values ------------------------------------------------------------- */

/* One that docker would take from the environment; without one there is none. */
static int build_arg(struct making *m, const struct option *option,
                     const struct jet_build_word *word)
{
	const char *arg = word->value, *equals = strchr(arg, '='), *value = equals ? "" : getenv(arg);
	static const char inline_cache[] = "BUILDKIT_INLINE_CACHE=";

	if (!value)
		return 0;
	jet_words_put(m->words, "--opt");
	jet_words_join(m->words, option->text, arg, equals ? "" : "=", value, (char *)NULL);
	/* This one is for docker, not for the Dockerfile. */
	if (strncmp(arg, inline_cache, sizeof(inline_cache) - 1) == 0 && jet_truth(equals + 1) == 1) {
		jet_words_put(m->words, "--export-cache");
		jet_words_put(m->words, "type=inline");
	}
	return 0;
}

/* A directory goes another way than an image or a URL. */
static int build_context(struct making *m, const struct option *option,
                         const struct jet_build_word *word)
{
	const char *equals = strchr(word->value, '='), *name;

	if (!equals || strstr(equals + 1, "://"))
		return opt(m, option, word);
	name = jet_words_text(m->words, word->value, (size_t)(equals - word->value));
	jet_words_put(m->words, "--local");
	jet_words_put(m->words, word->value);
	jet_words_put(m->words, "--opt");
	jet_words_join(m->words, option->text, name, "=local:", name, (char *)NULL);
	return 0;
}

/* docker takes the bare name of an image for a cache. */
static int cache(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	jet_words_put(m->words, option->text);
	jet_words_join(m->words, strchr(word->value, '=') ? "" : "type=registry,ref=", word->value,
	               (char *)NULL);
	return 0;
}

static int network(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	const char *mode = word->value;

	if (strcmp(mode, "host") == 0) {
		jet_words_put(m->words, "--allow");
		jet_words_put(m->words, "network.host");
	} else if (!mode[0] || strcmp(mode, "default") == 0) {
		return 0;
	} else if (strcmp(mode, "none") != 0) {
		return jet_fail(m->err, JET_E_ARG, NULL, "buildctl has no --network %.100s: "
		                "use none, host or default", mode);
	}
	return opt(m, option, word);
}

static int progress(struct making *m, const struct option *option,
                    const struct jet_build_word *word)
{
	if (strcmp(word->value, "none") != 0)
		return same(m, option, word);
	jet_words_put(m->words, "--progress=quiet");
	return 0;
}

/* 64m, 1G, 512MiB: bytes, by powers of 1024.  Return: 0, or -1 for anything else. */
static int bytes_of(const char *text, unsigned long long *bytes)
{
	static const char units[] = "kmgtp";
	char *end;
	unsigned long long n = strtoull(text, &end, 10);
	const char *unit = *end ? strchr(units, *end | 0x20) : NULL;
	unsigned shift = 0;

	if (text[0] < '0' || text[0] > '9')
		return -1;
	if (unit) {
		shift = 10 * (unsigned)(unit - units + 1);
		end += 1 + ((end[1] | 0x20) == 'i');
	}
	end += (*end | 0x20) == 'b';
	if (*end || n > (unsigned long long)INT64_MAX >> shift)
		return -1;
	*bytes = n << shift;
	return 0;
}

static int shm_size(struct making *m, const struct option *option,
                    const struct jet_build_word *word)
{
	unsigned long long bytes;
	struct jet_buf text = { 0 };

	if (bytes_of(word->value, &bytes) < 0)
		return jet_fail(m->err, JET_E_ARG, NULL, "--shm-size %.100s is no number of bytes",
		                word->value);
	m->words->nomem |= jet_buf_printf(&text, "%llu", bytes) < 0 || jet_buf_terminate(&text) < 0;
	put_opt(m, option->text, text.data ? text.data : "");
	jet_buf_clear(&text);
	return 0;
}

/* ---- attestations ------------------------------------------------------- */

/* One field more, with a comma before it unless it is the first. */
static void add_field(struct making *m, struct jet_buf *list, const char *field, size_t len)
{
	m->words->nomem |= (list->len && jet_buf_byte(list, ',') < 0) ||
	                   jet_buf_append(list, field, len) < 0;
}

/* "disabled" is for docker: it asks for none then. */
static int put_attest(struct making *m, const char *type, const char *fields)
{
	struct jet_buf rest = { 0 };
	bool disabled = false;

	for (size_t len; *fields; fields += len + (fields[len] == ',')) {
		len = strcspn(fields, ",");
		if (strncmp(fields, "disabled=", 9) == 0)
			disabled = strncmp(fields, "disabled=false", len) != 0;
		else if (strncmp(fields, "type=", 5) != 0)
			add_field(m, &rest, fields, len);
	}
	if (!disabled) {
		jet_words_put(m->words, "--opt");
		jet_words_join(m->words, "attest:", type, "=", jet_words_text(m->words, rest.data, rest.len),
		               (char *)NULL);
	}
	jet_buf_clear(&rest);
	return 0;
}

/* --provenance and --sbom: a truth value, or fields. */
static int attest_type(struct making *m, const struct option *option,
                       const struct jet_build_word *word)
{
	const int value = jet_buildctl_flag(word);

	if (value == 0)
		return 0;
	return put_attest(m, option->name, value == 1 ? "" : word->value);
}

static int attest(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	const char *type = strstr(word->value, "type=");

	(void)option;
	if (!type || (type > word->value && type[-1] != ','))
		return jet_fail(m->err, JET_E_ARG, NULL, "--attest %.100s has no type=", word->value);
	return put_attest(m, jet_words_text(m->words, type + 5, strcspn(type + 5, ",")), word->value);
}

/* ---- what jettison says itself ------------------------------------------ */

/* Options of the frontend that jettison must know of to prune for the same build. */
static const struct option read_here[] = {
	{ "target=", NULL, "--target" },
	{ "platform=", NULL, "--platform" },
	{ "build-arg:", NULL, "--build-arg" },
	{ "context:", NULL, "--build-context" },
	{ "filename=", NULL, "-f" },
	{ "context=", NULL, "the operand, which is the context" },
	{ "contextkey=", NULL, "the operand, which is the context" },
	{ "contextsubdir=", NULL, "the operand, which is the context" },
	{ "dockerfilekey=", NULL, "-f" },
	{ "source=", NULL, "# syntax= in the Dockerfile" },
	{ "cmdline=", NULL, "# syntax= in the Dockerfile" },
};

static int own_opt(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	for (size_t i = 0; i < sizeof(read_here) / sizeof(read_here[0]); i++) {
		if (strncmp(word->value, read_here[i].name, strlen(read_here[i].name)) == 0)
			return jet_fail(m->err, JET_E_ARG, NULL, "--opt %.100s is not read by jettison, "
			                "which would prune for another build: use %s",
			                word->value, read_here[i].text);
	}
	return same(m, option, word);
}

static int local(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	const bool context = strncmp(word->value, "context=", 8) == 0;

	if (context || strncmp(word->value, "dockerfile=", 11) == 0)
		return jet_fail(m->err, JET_E_ARG, NULL, "--local %.100s: jettison says itself what buildctl "
		                "gets: use %s", word->value,
		                context ? "an operand for the context" : "-f for the Dockerfile");
	return same(m, option, word);
}

static int frontend(struct making *m, const struct option *option,
                    const struct jet_build_word *word)
{
	(void)option;
	if (strcmp(word->value, "dockerfile.v0") == 0)
		return 0;
	return jet_fail(m->err, JET_E_ARG, NULL, "--frontend %.100s: jettison reads Dockerfiles: "
	                "leave it out, or use # syntax= in the Dockerfile", word->value);
}

/* outline, targets, ...: the frontend answers, and buildctl prints that. */
static int call(struct making *m, const struct option *option, const struct jet_build_word *word)
{
	if (strcmp(word->value, "build") == 0)
		return 0;
	if (strcmp(word->value, "check") == 0 || strcmp(word->value, "lint") == 0)
		return jet_fail(m->err, JET_E_ARG, NULL, "buildctl has no --%s %.20s: use --opt "
		                "requestid=frontend.lint, whose exit code is 0 in any case", option->name,
		                word->value);
	return opt(m, option, word);
}

/* ---- all of them -------------------------------------------------------- */

static const char limits[] = "only new versions of BuildKit know that, as --opt memory=BYTES, "
                             "memswap, cpushares, cpuperiod, cpuquota, cpusetcpus or cpusetmems";

/* With a value. */
static const struct option valued[] = {
	{ "add-host", nothing, NULL },
	{ "allow", same, NULL },
	{ "annotation", refuse, "use --output type=image,name=NAME,annotation.KEY=VALUE" },
	{ "attest", attest, NULL },
	{ "build-arg", build_arg, "build-arg:" },
	{ "build-context", build_context, "context:" },
	{ "cache-from", cache, "--import-cache" },
	{ "cache-to", cache, "--export-cache" },
	{ "call", call, "requestid=frontend." },
	{ "cgroup-parent", opt, "cgroup-parent=" },
	{ "cpu-period", refuse, limits },
	{ "cpu-quota", refuse, limits },
	{ "cpu-shares", refuse, limits },
	{ "cpuset-cpus", refuse, limits },
	{ "cpuset-mems", refuse, limits },
	{ "debug-json-cache-metrics", same, NULL },
	{ "export-cache", same, NULL },
	{ "frontend", frontend, NULL },
	{ "iidfile", refuse, "use --metadata-file FILE, which has it as containerimage.config.digest" },
	{ "import-cache", same, NULL },
	{ "isolation", refuse, "the workers of its daemon decide that" },
	{ "label", opt, "label:" },
	{ "local", local, NULL },
	{ "memory", refuse, limits },
	{ "memory-swap", refuse, limits },
	{ "metadata-file", same, NULL },
	{ "network", network, "force-network-mode=" },
	{ "no-cache-filter", nothing, NULL },
	{ "oci-layout", same, NULL },
	{ "opt", own_opt, NULL },
	{ "output", nothing, NULL },
	{ "platform", nothing, NULL },
	{ "policy", refuse, "use --source-policy-file" },
	{ "print", call, "requestid=frontend." },
	{ "progress", progress, NULL },
	{ "provenance", attest_type, NULL },
	{ "ref-file", same, NULL },
	{ "registry-auth-tlscontext", same, NULL },
	{ "sbom", attest_type, NULL },
	{ "secret", same, NULL },
	{ "security-opt", refuse, "use --allow security.insecure, and RUN --security=insecure" },
	{ "shm-size", shm_size, "shm-size=" },
	{ "source-policy-file", same, NULL },
	{ "ssh", same, NULL },
	{ "tag", nothing, NULL },
	{ "target", opt, "target=" },
	{ "trace", same, NULL },
	{ "ulimit", nothing, NULL },
};

static const struct option flags[] = {
	{ "check", refuse_flag, "use --opt requestid=frontend.lint, whose exit code is 0 in any case" },
	{ "compress", nothing, NULL },
	{ "force-rm", nothing, NULL },
	{ "load", nothing, NULL },
	{ "no-cache", flag, "--no-cache" },
	{ "pull", opt_flag, "image-resolve-mode=pull" },
	{ "push", nothing, NULL },
	{ "quiet", flag, "--progress=quiet" },
	{ "rm", nothing, NULL },
	{ "squash", refuse_flag, "use a last stage that copies what the image needs" },
	{ "disable-content-trust", refuse_flag, "BuildKit never checks it: leave it out" },
};

static const struct option *find(const struct option *table, size_t n,
                                 const struct jet_build_word *word)
{
	for (size_t i = 0; i < n; i++) {
		if (jet_buildctl_is(word, table[i].name))
			return &table[i];
	}
	return NULL;
}

static int translate(struct making *m, const struct jet_build_word *word)
{
	const struct option *o = find(flags, sizeof(flags) / sizeof(flags[0]), word);

	if (o)
		return o->put(m, o, word);
	o = find(valued, sizeof(valued) / sizeof(valued[0]), word);
	if (!o && word->name)
		return jet_fail(m->err, JET_E_ARG, NULL, "buildctl has no --%.100s, and nothing like it",
		                word->name);
	if (!o)
		return same(m, o, word);
	if (!word->value)
		return jet_fail(m->err, JET_E_ARG, NULL, "option --%.100s needs a value", o->name);
	return o->put(m, o, word);
}

/* ---- several in one ----------------------------------------------------- */

/* HOST:IP[,IP] or HOST=IP as docker has it. */
static int add_host(struct making *m, struct jet_buf *list, const char *value)
{
	const char *cut = strchr(value, '=') ? strchr(value, '=') : strchr(value, ':');
	const char *ip = cut ? cut + 1 : NULL;

	if (!cut || cut == value || !*ip)
		return jet_fail(m->err, JET_E_ARG, NULL, "--add-host %.100s: use HOST=IP", value);
	if (strcmp(ip, "host-gateway") == 0)
		return jet_fail(m->err, JET_E_ARG, NULL, "buildctl has no --add-host %.100s: "
		                "use the address itself", value);
	for (size_t len; *ip; ip += len + (ip[len] == ',')) {
		const char *text = ip;
		size_t n = len = strcspn(ip, ",");

		if (n > 2 && text[0] == '[' && text[n - 1] == ']') {
			text++;
			n -= 2;
		}
		add_field(m, list, value, (size_t)(cut - value));
		m->words->nomem |= jet_buf_byte(list, '=') < 0 || jet_buf_append(list, text, n) < 0;
	}
	return 0;
}

static int add_any(struct making *m, struct jet_buf *list, const char *value)
{
	add_field(m, list, value, strlen(value));
	return 0;
}

static const struct {
	const char *name, *opt;
	int (*add)(struct making *m, struct jet_buf *list, const char *value);
} gathered[] = {
	{ "platform", "platform=", add_any },
	{ "add-host", "add-hosts=", add_host },
	{ "ulimit", "ulimit=", add_any },
	{ "no-cache-filter", "no-cache=", add_any },
};

static int gather(struct making *m, size_t which)
{
	const struct jet_build_args *a = m->command->args;
	struct jet_buf list = { 0 };
	int rc = 0;

	for (size_t i = 0; i < a->ntheirs && rc == 0; i++) {
		if (a->theirs[i].value && jet_buildctl_is(&a->theirs[i], gathered[which].name))
			rc = gathered[which].add(m, &list, a->theirs[i].value);
	}
	if (rc == 0 && list.len)
		put_opt(m, gathered[which].opt, jet_words_text(m->words, list.data, list.len));
	jet_buf_clear(&list);
	return rc;
}

/* ---- the command -------------------------------------------------------- */

static void put_files(struct making *m)
{
	const struct jet_build_command *c = m->command;
	const char *slash = c->dockerfile ? strrchr(c->dockerfile, '/') : NULL, *dir;

	jet_words_put(m->words, "--local");
	jet_words_join(m->words, "context=", c->context, (char *)NULL);
	jet_words_put(m->words, "--local");
	if (slash) {
		const size_t len = (size_t)(slash - c->dockerfile);

		dir = jet_words_text(m->words, c->dockerfile, len ? len : 1);
		jet_words_join(m->words, "dockerfile=", dir, (char *)NULL);
	} else {
		jet_words_put(m->words, c->dockerfile ? "dockerfile=." : "dockerfile=");
	}
	if (c->dockerfile)
		put_opt(m, "filename=", slash ? slash + 1 : c->dockerfile);
}

int jet_buildctl_put(struct jet_words *words, const struct jet_build_command *command,
                     struct jet_error *err)
{
	struct making m = { words, command, err };
	int rc = 0;

	jet_words_put(words, "build");
	jet_words_put(words, "--frontend");
	jet_words_put(words, "dockerfile.v0");
	put_files(&m);
	for (size_t i = 0; i < sizeof(gathered) / sizeof(gathered[0]) && rc == 0; i++)
		rc = gather(&m, i);
	for (size_t i = 0; i < command->args->ntheirs && rc == 0; i++)
		rc = translate(&m, &command->args->theirs[i]);
	return rc ? rc : jet_buildctl_put_outputs(words, command->args, err);
}
