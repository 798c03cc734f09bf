/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of the image: several options of docker, one of buildctl. */
#include "cli/buildctl.h"

#include "base/error.h"

#include <string.h>
#include <strings.h>

/** struct outputs - what is asked for. */
struct outputs {
	struct jet_words *words;
	const struct jet_build_args *args;
	const char *names; /* of all --tag, as an attribute of an output; NULL: none */
	bool push;         /* --push: still to be given to an output */
	size_t n;          /* outputs that were put */
};

/* A value of an output: up to its comma, without its name. */
static bool has_attribute(const char *output, const char *name, const char **value, size_t *len)
{
	const size_t name_len = strlen(name);

	for (const char *field = output; *field; field += strcspn(field, ",")) {
		field += *field == ',';
		if (strncasecmp(field, name, name_len) == 0 && field[name_len] == '=') {
			*value = field + name_len + 1;
			*len = strcspn(*value, ",");
			return true;
		}
	}
	return false;
}

static bool is_type(const char *type, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(type, name, len) == 0;
}

/* All --tag in one attribute, which is in quotes if it has commas. */
static void gather_names(struct outputs *o)
{
	struct jet_buf list = { 0 };
	size_t n = 0;
	int bad = 0;

	for (size_t i = 0; i < o->args->ntheirs && !bad; i++) {
		const struct jet_build_word *w = &o->args->theirs[i];

		if (jet_buildctl_is(w, "tag") && w->value)
			bad = jet_buf_printf(&list, "%s%s", n++ ? "," : "", w->value);
	}
	if (n && !bad)
		bad = jet_buf_terminate(&list);
	if (n && !bad) {
		const char *quote = n > 1 ? "\"" : "";
		struct jet_buf whole = { 0 };

		bad = jet_buf_printf(&whole, ",%sname=%s%s", quote, list.data, quote);
		o->names = jet_words_text(o->words, whole.data, whole.len);
		jet_buf_clear(&whole);
	}
	o->words->nomem |= bad != 0;
	jet_buf_clear(&list);
}

static void put_output(struct outputs *o, const char *first, const char *rest, bool named,
                       bool push)
{
	jet_words_put(o->words, "--output");
	jet_words_join(o->words, first, rest, named && o->names ? o->names : "",
	               push ? ",push=true" : "", (char *)NULL);
	o->n++;
}

static int cannot_load(const char *option, struct jet_error *err)
{
	return jet_fail(err, JET_E_ARG, NULL, "buildctl gives no image to docker, as %.100s would: use "
	                "--output type=docker,dest=FILE, and then docker load -i FILE", option);
}

/* In docker's form: a bare name is a directory, "-" an archive on standard output. */
static int translate(struct outputs *o, const char *output, struct jet_error *err)
{
	const char *type, *dest, *registry;
	size_t len, dest_len;
	bool image;

	if (strncmp(output, "type=", 5) != 0 && !strchr(output, ',')) {
		put_output(o, strcmp(output, "-") == 0 ? "type=tar,dest=" : "type=local,dest=", output,
		           false, false);
		return 0;
	}
	if (!has_attribute(output, "type", &type, &len))
		return jet_fail(err, JET_E_ARG, NULL, "--output %.100s has no type=", output);
	if (is_type(type, len, "cacheonly"))
		return 0;
	if (is_type(type, len, "docker") && !has_attribute(output, "dest", &dest, &dest_len))
		return cannot_load("--output type=docker", err);
	image = is_type(type, len, "image");
	if (is_type(type, len, "registry")) {
		registry = jet_words_text(o->words, output, (size_t)(type - output));
		output = jet_words_text(o->words, type + len, strlen(type + len));
		jet_words_put(o->words, "--output");
		jet_words_join(o->words, registry, "image,push=true", output, o->names ? o->names : "",
		               (char *)NULL);
		o->n++;
		return 0;
	}
	put_output(o, output, "", image || is_type(type, len, "docker") || is_type(type, len, "oci"),
	           image && o->push);
	if (image)
		o->push = false;
	return 0;
}

static int look_for_flags(struct outputs *o, struct jet_error *err)
{
	for (size_t i = 0; i < o->args->ntheirs; i++) {
		const struct jet_build_word *w = &o->args->theirs[i];
		const bool load = jet_buildctl_is(w, "load"), push = jet_buildctl_is(w, "push");

		if (!load && !push)
			continue;
		if (jet_buildctl_flag(w) < 0)
			return jet_fail(err, JET_E_ARG, NULL, "%.100s is neither true nor false", w->text);
		if (load && jet_buildctl_flag(w))
			return cannot_load("--load", err);
		if (push)
			o->push = jet_buildctl_flag(w);
	}
	return 0;
}

int jet_buildctl_put_outputs(struct jet_words *words, const struct jet_build_args *args,
                             struct jet_error *err)
{
	struct outputs o = { .words = words, .args = args };
	size_t asked = 0;
	int rc = look_for_flags(&o, err);

	gather_names(&o);
	for (size_t i = 0; i < args->ntheirs && rc == 0; i++) {
		if (!jet_buildctl_is(&args->theirs[i], "output") || !args->theirs[i].value)
			continue;
		asked++;
		rc = translate(&o, args->theirs[i].value, err);
	}
	/* An image that has a name, or that is pushed, is wanted. */
	if (rc == 0 && (o.push || (o.names && !asked)))
		put_output(&o, "type=image", "", true, o.push);
	return rc;
}
