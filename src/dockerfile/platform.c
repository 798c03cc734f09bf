/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/platform.h"

#include "base/buf.h"
#include "base/error.h"
#include "dockerfile/stage_private.h"

#include <string.h>

struct platform {
	struct jet_str os, arch, variant; /* normalised; variant may be empty */
};

static const char builder_platform[] = "linux/amd64";

static const char *const systems[] = {
	"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux",
	"nacl", "netbsd", "openbsd", "plan9", "solaris", "windows", "zos", "wasip1", NULL,
};

static const char *const machines[] = {
	"386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64",
	"mips", "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "riscv", "riscv64",
	"s390", "s390x", "sparc", "sparc64", "wasm", NULL,
};

/* Other names of machines: containerd's normalisation. */
static const struct {
	const char *alias, *arch, *variant;
} aliases[] = {
	{ "i386", "386", "" },     { "i686", "386", "" },     { "x86_64", "amd64", "" },
	{ "x86-64", "amd64", "" }, { "aarch64", "arm64", "" }, { "armhf", "arm", "v7" },
	{ "armel", "arm", "v6" },
};

/* And of their variants. */
static const struct {
	const char *arch, *written, *variant;
} variants[] = {
	{ "arm64", "8", "" }, { "arm64", "v8", "" }, { "arm", "", "v7" }, { "arm", "7", "v7" },
	{ "arm", "6", "v6" }, { "arm", "5", "v5" }, { "amd64", "v1", "" },
};

static bool is_one_of(struct jet_str s, const char *const *words)
{
	for (; *words; words++) {
		if (jet_str_is(s, *words))
			return true;
	}
	return false;
}

static bool is_component(struct jet_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      memchr("_.-", c, 3)))
			return false;
	}
	return s.len > 0;
}

static struct jet_str text_of(const char *s)
{
	return (struct jet_str){ s, strlen(s) };
}

static void normalise(struct platform *p)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (!jet_str_is(p->arch, aliases[i].alias))
			continue;
		p->arch = text_of(aliases[i].arch);
		if (!p->variant.len)
			p->variant = text_of(aliases[i].variant);
	}
	if (jet_str_is(p->os, "macos"))
		p->os = text_of("darwin");
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++) {
		if (jet_str_is(p->arch, variants[i].arch) && jet_str_is(p->variant, variants[i].written)) {
			p->variant = text_of(variants[i].variant);
			break;
		}
	}
}

static bool is_machine(struct jet_str s)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (jet_str_is(s, aliases[i].alias))
			return true;
	}
	return is_one_of(s, machines);
}

static bool parse(struct jet_str text, struct platform *p)
{
	struct jet_str parts[3] = { { "", 0 }, { "", 0 }, { "", 0 } };
	const char *paren;
	size_t n = 0;

	while (n < 3) {
		const char *slash = text.len ? memchr(text.data, '/', text.len) : NULL;

		parts[n] = (struct jet_str){ text.data, slash ? (size_t)(slash - text.data) : text.len };
		n++;
		if (!slash)
			break;
		text.len -= parts[n - 1].len + 1;
		text.data = slash + 1;
		if (n == 3)
			return false;
	}
	/* "windows(10.0.17763)/amd64" */
	paren = parts[0].len ? memchr(parts[0].data, '(', parts[0].len) : NULL;
	if (paren) {
		if (parts[0].data[parts[0].len - 1] != ')')
			return false;
		parts[0].len = (size_t)(paren - parts[0].data);
	}
	for (size_t i = 0; i < n; i++) {
		if (!is_component(parts[i]))
			return false;
	}
	*p = (struct platform){ parts[0], parts[1], parts[2] };
	if (n == 1) {
		if (is_one_of(parts[0], systems) || jet_str_is(parts[0], "macos"))
			p->arch = text_of("amd64");
		else if (is_machine(parts[0]))
			*p = (struct platform){ text_of("linux"), parts[0], text_of("") };
		else
			return false;
	}
	normalise(p);
	return true;
}

bool jet_platform_valid(struct jet_str text)
{
	struct platform p;

	return parse(text, &p);
}

static int set(struct jet_stages *s, const char *prefix, const char *what, struct jet_str value)
{
	const struct jet_build_options *o = s->options;
	struct jet_buf name = { 0 };
	char *copy;
	int rc = -1;

	if (jet_buf_text(&name, prefix) == 0 && jet_buf_text(&name, what) == 0) {
		copy = jet_arena_dup(&s->arena, name.data, name.len);
		for (size_t i = 0; copy && i < o->nargs; i++) {
			if (o->args[i].name.len == name.len &&
			    memcmp(o->args[i].name.data, copy, name.len) == 0)
				value = o->args[i].value;
		}
		if (copy)
			rc = jet_env_set(&s->global, (struct jet_str){ copy, name.len }, value, true);
	}
	jet_buf_clear(&name);
	return rc;
}

static int set_all(struct jet_stages *s, const char *prefix, const struct platform *p)
{
	struct jet_buf whole = { 0 };
	char *copy;
	int bad = jet_buf_append(&whole, p->os.data, p->os.len) | jet_buf_byte(&whole, '/') |
	          jet_buf_append(&whole, p->arch.data, p->arch.len);

	if (p->variant.len)
		bad |= jet_buf_byte(&whole, '/') |
		       jet_buf_append(&whole, p->variant.data, p->variant.len);
	copy = bad ? NULL : jet_arena_dup(&s->arena, whole.data, whole.len);
	bad |= !copy || set(s, prefix, "PLATFORM", (struct jet_str){ copy, whole.len }) < 0 ||
	       set(s, prefix, "OS", p->os) < 0 || set(s, prefix, "ARCH", p->arch) < 0 ||
	       set(s, prefix, "VARIANT", p->variant) < 0 ||
	       set(s, prefix, "OSVERSION", text_of("")) < 0;
	jet_buf_clear(&whole);
	return bad ? -1 : 0;
}

/* As written on the command line, else the name of the last stage as it is kept. */
static int target_stage(struct jet_stages *s, struct jet_str *name)
{
	const struct jet_instruction *from = NULL;

	*name = text_of("default");
	if (s->options->target && s->options->target[0]) {
		*name = text_of(s->options->target);
		return 0;
	}
	for (size_t i = s->df->n; i-- > 0 && !from;) {
		if (s->df->list[i].keyword == JET_KEYWORD_FROM)
			from = &s->df->list[i];
	}
	return from && from->nwords == 3 ? jet_stages_lower(s, from->words[2].text, name) : 0;
}

int jet_platform_vars(struct jet_stages *s, struct jet_error *err)
{
	const char *wanted = s->options->platform ? s->options->platform : builder_platform;
	struct platform own, target;
	struct jet_str stage;

	if (!parse(text_of(wanted), &target))
		return jet_fail(err, JET_E_PLATFORM, NULL,
		                "\"%s\" is no platform: OS/ARCH, as in linux/arm64",
		                JET_SHOW_TEXT(wanted));
	if (!s->dialect->platform_args || !parse(text_of(builder_platform), &own))
		return 0;
	if (set_all(s, "BUILD", &own) < 0 || set_all(s, "TARGET", &target) < 0 ||
	    target_stage(s, &stage) < 0 || set(s, "TARGET", "STAGE", stage) < 0)
		return jet_fail_nomem(err);
	return 0;
}
