/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_args.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is known of options ------------------------------------------- */

enum {
	VALUE = 1 << 0, /* takes one */
	OURS = 1 << 1,  /* jettison reads it */
	ALONE = 1 << 2  /* and the builder does not get it */
};

struct known {
	const char *name;
	char letter;
	unsigned char flags;
};

static const struct known own[] = {
	{ "with", 0, VALUE | OURS | ALONE },
	{ "global", 0, VALUE | OURS | ALONE },
	{ "dry-run", 0, OURS | ALONE },
	{ "builder", 0, VALUE | OURS | ALONE },
	{ "ignore-file", 0, VALUE | OURS | ALONE },
	{ "scope", 0, VALUE | OURS | ALONE },
	{ "base-env", 0, VALUE | OURS | ALONE },
	{ "color", 0, VALUE | OURS | ALONE },
	{ "verbose", 'v', OURS | ALONE },
	{ "help", 'h', OURS | ALONE },
	{ "file", 'f', VALUE | OURS | ALONE },
	{ "target", 0, VALUE | OURS },
	{ "build-arg", 0, VALUE | OURS },
	{ "build-context", 0, VALUE | OURS },
	{ "platform", 0, VALUE | OURS },
	{ "quiet", 'q', OURS },
	/* Unless they are the builder's. */
	{ "env", 0, VALUE | OURS | ALONE },
	{ "jobs", 'j', VALUE | OURS | ALONE },
	{ NULL, 0, 0 },
};

/* podman's and buildah's, where they are not jettison's. */
static const struct known of_buildah[] = {
	{ "env", 0, VALUE },
	{ "jobs", 0, VALUE },
	{ "volume", 'v', VALUE },
	{ "ignorefile", 0, VALUE | OURS | ALONE },
	{ NULL, 0, 0 },
};

/* All others with a value: docker 20.10 to 29, buildx 0.30, buildah 1.41, podman 5.6,
 * buildctl 0.25. */
static const struct known others[] = {
	{ "add-host", 0, VALUE }, { "allow", 0, VALUE }, { "annotation", 0, VALUE },
	{ "arch", 0, VALUE }, { "attest", 0, VALUE }, { "authfile", 0, VALUE },
	{ "cache-from", 0, VALUE }, { "cache-to", 0, VALUE }, { "cache-ttl", 0, VALUE },
	{ "call", 0, VALUE }, { "cap-add", 0, VALUE }, { "cap-drop", 0, VALUE },
	{ "cert-dir", 0, VALUE }, { "cgroup-parent", 0, VALUE }, { "cgroupns", 0, VALUE },
	{ "cpp-flag", 0, VALUE }, { "cpu-period", 0, VALUE }, { "cpu-quota", 0, VALUE },
	{ "cpu-shares", 'c', VALUE }, { "cpuset-cpus", 0, VALUE }, { "cpuset-mems", 0, VALUE },
	{ "created-annotation", 0, VALUE }, { "creds", 0, VALUE }, { "cw", 0, VALUE },
	{ "decryption-key", 0, VALUE }, { "device", 0, VALUE }, { "dns", 0, VALUE },
	{ "dns-option", 0, VALUE }, { "dns-search", 0, VALUE }, { "export-cache", 0, VALUE },
	{ "format", 0, VALUE }, { "from", 0, VALUE }, { "frontend", 0, VALUE },
	{ "group-add", 0, VALUE }, { "hooks-dir", 0, VALUE }, { "iidfile", 0, VALUE },
	{ "import-cache", 0, VALUE }, { "ipc", 0, VALUE }, { "isolation", 0, VALUE },
	{ "label", 0, VALUE }, { "layer-label", 0, VALUE }, { "local", 0, VALUE },
	{ "logfile", 0, VALUE }, { "manifest", 0, VALUE }, { "memory", 'm', VALUE },
	{ "memory-swap", 0, VALUE }, { "metadata-file", 0, VALUE }, { "network", 0, VALUE },
	{ "no-cache-filter", 0, VALUE }, { "oci-layout", 0, VALUE }, { "opt", 0, VALUE },
	{ "os", 0, VALUE }, { "os-feature", 0, VALUE }, { "os-version", 0, VALUE },
	{ "output", 'o', VALUE }, { "pid", 0, VALUE }, { "policy", 0, VALUE },
	{ "print", 0, VALUE }, { "progress", 0, VALUE }, { "provenance", 0, VALUE },
	{ "ref-file", 0, VALUE }, { "registry-auth-tlscontext", 0, VALUE }, { "retry", 0, VALUE },
	{ "retry-delay", 0, VALUE }, { "root", 0, VALUE }, { "runtime", 0, VALUE },
	{ "runtime-flag", 0, VALUE }, { "sbom", 0, VALUE }, { "sbom-image-output", 0, VALUE },
	{ "sbom-image-purl-output", 0, VALUE }, { "sbom-merge-strategy", 0, VALUE },
	{ "sbom-output", 0, VALUE }, { "sbom-purl-output", 0, VALUE },
	{ "sbom-scanner-command", 0, VALUE }, { "sbom-scanner-image", 0, VALUE },
	{ "secret", 0, VALUE }, { "security-opt", 0, VALUE }, { "server-config", 0, VALUE },
	{ "shm-size", 0, VALUE }, { "sign-by", 0, VALUE }, { "signature-policy", 0, VALUE },
	{ "source-date-epoch", 0, VALUE }, { "source-policy-file", 0, VALUE },
	{ "ssh", 0, VALUE }, { "tag", 't', VALUE }, { "timestamp", 0, VALUE },
	{ "trace", 0, VALUE }, { "ulimit", 0, VALUE }, { "unsetannotation", 0, VALUE },
	{ "unsetenv", 0, VALUE }, { "unsetlabel", 0, VALUE }, { "userns", 0, VALUE },
	{ "userns-gid-map", 0, VALUE }, { "userns-gid-map-group", 0, VALUE },
	{ "userns-uid-map", 0, VALUE }, { "userns-uid-map-user", 0, VALUE }, { "uts", 0, VALUE },
	{ "variant", 0, VALUE }, { "volume", 0, VALUE },
	{ NULL, 0, 0 },
};

static bool is_buildah(enum jet_tool_kind kind)
{
	return kind == JET_TOOL_PODMAN || kind == JET_TOOL_BUILDAH;
}

static const struct known *in_table(const struct known *table, const char *name, size_t len,
                                    char letter)
{
	for (; table->name; table++) {
		if (name ? strlen(table->name) == len && memcmp(table->name, name, len) == 0
		         : table->letter == letter)
			return table;
	}
	return NULL;
}

/* By its long name, or where that is NULL by its letter.  NULL: a flag of the builder. */
static const struct known *find(enum jet_tool_kind kind, const char *name, size_t len, char letter)
{
	const struct known *k = NULL;

	if (is_buildah(kind))
		k = in_table(of_buildah, name, len, letter);
	if (!k)
		k = in_table(own, name, len, letter);
	return k ? k : in_table(others, name, len, letter);
}

/* ---- going through the words -------------------------------------------- */

struct scan {
	struct jet_build_args *args;
	enum jet_tool_kind kind;
	int argc, next;
	char **argv;
	char **operands;
	int noperands;
};

/* One option of a word. */
struct found {
	const struct known *known; /* or NULL */
	const char *text, *value;
	bool joined;
};

/* What jettison's own parser calls it. */
static const char *our_name(const struct known *k)
{
	if (strcmp(k->name, "ignorefile") == 0)
		return "ignore-file";
	return strcmp(k->name, "base-env") == 0 ? "env" : k->name;
}

/* buildx has a --builder too: the name of an instance, which is none of ours. */
static bool is_instance(const struct scan *s, const struct found *f)
{
	const bool docker = s->kind == JET_TOOL_DOCKER || s->kind == JET_TOOL_BUILDX;
	enum jet_builder builder;

	return docker && f->value && strcmp(f->known->name, "builder") == 0 &&
	       jet_builder_parse(f->value, &builder) < 0;
}

static int give_us(struct scan *s, const struct found *f)
{
	struct jet_build_args *a = s->args;
	const char *name = our_name(f->known);
	const size_t len = strlen(name), value_len = f->value ? strlen(f->value) : 0;
	char *word;

	/* -h is the short help, --help the long one. */
	if (f->known->letter == 'h' && f->text[1] != '-') {
		a->ours[a->nours] = jet_arena_dup(&a->arena, "-h", 2);
		return a->ours[a->nours++] ? 0 : JET_E_NOMEM;
	}
	word = jet_arena_alloc(&a->arena, len + value_len + 4);
	if (!word)
		return JET_E_NOMEM;
	memcpy(word, "--", 2);
	memcpy(word + 2, name, len);
	if (f->value) {
		word[2 + len] = '=';
		memcpy(word + 3 + len, f->value, value_len);
	}
	a->ours[a->nours++] = word;
	if (strcmp(name, "with") == 0)
		a->with = f->value;
	a->builder_given |= strcmp(name, "builder") == 0;
	a->nfiles += strcmp(name, "file") == 0;
	return 0;
}

static int give(struct scan *s, const struct found *f)
{
	struct jet_build_args *a = s->args;
	const unsigned flags = f->known ? f->known->flags : 0;
	const bool ours = flags & OURS && !is_instance(s, f);
	int rc = ours ? give_us(s, f) : 0;

	if (!ours || !(flags & ALONE))
		a->theirs[a->ntheirs++] = (struct jet_build_word){
			.text = f->text, .name = f->known ? f->known->name : NULL,
			.value = f->value, .joined = f->joined,
		};
	return rc;
}

static int scan_long(struct scan *s, const char *word)
{
	const char *equals = strchr(word, '=');
	const size_t len = equals ? (size_t)(equals - word) - 2 : strlen(word + 2);
	struct found f = { find(s->kind, word + 2, len, 0), word, NULL, equals != NULL };

	if (equals)
		f.value = equals + 1;
	else if (f.known && f.known->flags & VALUE && s->next < s->argc)
		f.value = s->argv[s->next++];
	return give(s, &f);
}

/* -qt NAME is -q -t NAME, -tNAME and -t=NAME are the same. */
static int scan_short(struct scan *s, const char *word)
{
	for (const char *c = word + 1; *c; c++) {
		const char text[2] = { '-', *c };
		struct found f = { find(s->kind, NULL, 0, *c), NULL, NULL, false };
		const bool takes = f.known && f.known->flags & VALUE;
		int rc;

		f.text = jet_arena_dup(&s->args->arena, text, 2);
		if (!f.text)
			return JET_E_NOMEM;
		if (takes && c[1])
			f.value = c[1] == '=' ? c + 2 : c + 1;
		else if (takes && s->next < s->argc)
			f.value = s->argv[s->next++];
		rc = give(s, &f);
		if (rc < 0 || takes)
			return rc;
	}
	return 0;
}

static int scan_words(struct scan *s)
{
	bool options = true;

	while (s->next < s->argc) {
		char *word = s->argv[s->next++];
		int rc = 0;

		if (!options || word[0] != '-' || !word[1])
			s->operands[s->noperands++] = word;
		else if (word[1] != '-')
			rc = scan_short(s, word);
		else if (word[2])
			rc = scan_long(s, word);
		else
			options = false;
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ---- sorting ------------------------------------------------------------ */

/* Letters of one word can be options of their own; and there may be "--" and a
 * platform. */
static size_t most_words(int argc, char **argv)
{
	size_t n = 2;

	for (int i = 0; i < argc; i++)
		n += argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) : 1;
	return n;
}

/* The value of an option that the builder gets, the last one. */
static const char *value_of(const struct jet_build_args *a, const char *name)
{
	for (size_t i = a->ntheirs; i--;) {
		if (a->theirs[i].name && strcmp(a->theirs[i].name, name) == 0)
			return a->theirs[i].value;
	}
	return NULL;
}

/* Where no --platform is given: buildah takes it in parts, docker from the environment. */
static int give_platform(struct jet_build_args *a, enum jet_tool_kind kind)
{
	const bool docker = kind == JET_TOOL_DOCKER || kind == JET_TOOL_BUILDX;
	const char *os = value_of(a, "os"), *arch = value_of(a, "arch"), *variant = NULL;
	struct jet_buf word = { 0 };
	int bad;

	if (value_of(a, "platform"))
		return 0;
	if (docker) {
		os = getenv("DOCKER_DEFAULT_PLATFORM");
		arch = NULL;
	} else if (arch) {
		os = os ? os : "linux";
		variant = value_of(a, "variant");
	}
	if (!os || !os[0])
		return 0;
	bad = jet_buf_printf(&word, "--platform=%s%s%s%s%s", os, arch ? "/" : "", arch ? arch : "",
	                     variant ? "/" : "", variant ? variant : "");
	if (!bad)
		a->ours[a->nours++] = jet_arena_dup(&a->arena, word.data, word.len);
	jet_buf_clear(&word);
	return bad || !a->ours[a->nours - 1] ? JET_E_NOMEM : 0;
}

int jet_build_args(struct jet_build_args *args, int argc, char **argv, enum jet_tool_kind kind)
{
	const size_t most = most_words(argc, argv);
	struct scan s = { .args = args, .kind = kind, .argc = argc, .argv = argv };
	int rc;

	args->ours = jet_arena_array(&args->arena, most, sizeof(*args->ours));
	args->theirs = jet_arena_array(&args->arena, most, sizeof(*args->theirs));
	s.operands = jet_arena_array(&args->arena, most, sizeof(*s.operands));
	if (!args->ours || !args->theirs || !s.operands)
		return JET_E_NOMEM;
	rc = scan_words(&s);
	if (rc == 0)
		rc = give_platform(args, kind);
	if (rc < 0 || !s.noperands)
		return rc;
	/* Behind "--", so that they stay operands. */
	args->ours[args->nours] = jet_arena_dup(&args->arena, "--", 2);
	if (!args->ours[args->nours++])
		return JET_E_NOMEM;
	for (int i = 0; i < s.noperands; i++)
		args->ours[args->nours++] = s.operands[i];
	return 0;
}

void jet_build_args_clear(struct jet_build_args *args)
{
	jet_arena_clear(&args->arena);
	*args = (struct jet_build_args){ 0 };
}
