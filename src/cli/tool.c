/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/tool.h"

#include "base/error.h"
#include "base/path.h"
#include "cli/child.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- where it is -------------------------------------------------------- */

static const struct {
	const char *name;    /* --with */
	const char *program; /* in PATH */
	enum jet_tool_kind kind;
} tools[] = {
	{ "docker", "docker", JET_TOOL_DOCKER },
	{ "podman", "podman", JET_TOOL_PODMAN },
	{ "buildah", "buildah", JET_TOOL_BUILDAH },
	{ "buildctl", "buildctl", JET_TOOL_BUILDCTL },
	{ "buildx", "docker", JET_TOOL_BUILDX }, /* never found on its own: docker is */
};

enum { NTOOLS = sizeof(tools) / sizeof(tools[0]) };

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* As a shell looks for it.  NULL: nowhere, or out of memory (then errno is ENOMEM). */
static char *in_path(const char *name)
{
	const char *dir = getenv("PATH");
	struct jet_buf path = { 0 };

	errno = ENOENT;
	while (dir) {
		const size_t len = strcspn(dir, ":");

		path.len = 0;
		if (jet_buf_printf(&path, "%.*s%s%s", (int)len, dir, len ? "/" : "./", name) < 0 ||
		    jet_buf_terminate(&path) < 0) {
			errno = ENOMEM;
			break;
		}
		if (is_program(path.data))
			return path.data;
		dir = dir[len] ? dir + len + 1 : NULL;
	}
	jet_buf_clear(&path);
	return NULL;
}

static int find_any(struct jet_tool *tool, struct jet_error *err)
{
	for (size_t i = 0; i < NTOOLS; i++) {
		tool->kind = tools[i].kind;
		tool->name = tools[i].program;
		tool->file = in_path(tools[i].program);
		if (tool->file)
			return 0;
		if (errno == ENOMEM)
			return jet_fail_nomem(err);
	}
	tool->kind = JET_TOOL_DOCKER;
	return jet_fail(err, JET_E_ARG, NULL, "no builder in PATH: install docker, podman, buildah or "
	                "buildctl, or say with --with where one is");
}

static int find_named(struct jet_tool *tool, const char *with, size_t i, struct jet_error *err)
{
	const bool is_path = strchr(with, '/') != NULL;

	tool->kind = tools[i].kind;
	tool->name = is_path ? with : tools[i].program;
	if (!is_path)
		tool->file = in_path(tool->name);
	else if (is_program(with))
		tool->file = strdup(with);
	else
		errno = ENOENT;
	if (tool->file)
		return 0;
	if (errno == ENOMEM)
		return jet_fail_nomem(err);
	return jet_fail(err, JET_E_ARG, NULL, is_path ? "there is no program %.200s"
	                                              : "there is no %.200s in PATH", tool->name);
}

int jet_tool_find(struct jet_tool *tool, const char *with, struct jet_error *err)
{
	const char *name;

	*tool = (struct jet_tool){ .kind = JET_TOOL_DOCKER };
	if (!with)
		return find_any(tool, err);
	name = jet_path_name(with);
	for (size_t i = 0; i < NTOOLS; i++) {
		if (strcmp(tools[i].name, name) == 0)
			return find_named(tool, with, i, err);
	}
	return jet_fail(err, JET_E_ARG, NULL, "option --with knows no \"%.60s\": use docker, buildx, "
	                "podman, buildah or buildctl, or a path that ends so", with);
}

void jet_tool_clear(struct jet_tool *tool)
{
	free(tool->file);
	tool->file = NULL;
}

/* ---- whose rules -------------------------------------------------------- */

bool jet_tool_is_buildah(const struct jet_tool *tool)
{
	return tool->kind == JET_TOOL_PODMAN || tool->kind == JET_TOOL_BUILDAH;
}

enum { BUILDX_IS_USUAL = 23 }; /* the first docker that builds with it unless told not to */

/* "Docker version 28.2.2, build e6534b4", or what podman calls itself.  A docker that
 * does not say is a new one. */
static int ask_version(struct jet_tool *tool, unsigned *major, struct jet_error *err)
{
	static const char docker[] = "Docker version ";
	char name[] = "docker", option[] = "--version";
	char *words[] = { name, option, NULL };
	struct jet_buf answer = { 0 };
	const int code = jet_child_ask(tool->file, words, &answer);
	int rc = 0;

	*major = BUILDX_IS_USUAL;
	if (code != 0)
		rc = jet_fail(err, JET_E_IO, tool->file, "does not say which version it is");
	else if (strncmp(answer.data, "podman ", 7) == 0)
		tool->kind = JET_TOOL_PODMAN;
	else if (strncmp(answer.data, docker, sizeof(docker) - 1) == 0 &&
	         answer.data[sizeof(docker) - 1] >= '0' && answer.data[sizeof(docker) - 1] <= '9')
		*major = (unsigned)strtoul(answer.data + sizeof(docker) - 1, NULL, 10);
	jet_buf_clear(&answer);
	return rc;
}

/* Without it such a docker builds with the classic builder. */
static bool has_buildx(const struct jet_tool *tool)
{
	char name[] = "docker", plugin[] = "buildx", what[] = "version";
	char *words[] = { name, plugin, what, NULL };
	struct jet_buf answer = { 0 };
	const int code = jet_child_ask(tool->file, words, &answer);

	jet_buf_clear(&answer);
	return code == 0;
}

int jet_truth(const char *text)
{
	static const char *const yes[] = { "1", "t", "T", "TRUE", "true", "True" };
	static const char *const no[] = { "0", "f", "F", "FALSE", "false", "False" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0)
			return strcmp(text, yes[i]) == 0;
	}
	return -1;
}

/* Which of its builders docker takes of itself. */
static int usual_builder(const struct jet_tool *tool, unsigned major, enum jet_builder *builder,
                         struct jet_error *err)
{
	const char *text = getenv("DOCKER_BUILDKIT");
	int wants = text && text[0] ? jet_truth(text) : 2;

	if (wants < 0)
		return jet_fail(err, JET_E_ARG, "DOCKER_BUILDKIT", "\"%.60s\" is neither true nor false",
		                text);
	if (wants == 2)
		wants = major >= BUILDX_IS_USUAL && has_buildx(tool);
	*builder = wants                     ? JET_BUILDER_BUILDKIT
	           : major < BUILDX_IS_USUAL ? JET_BUILDER_CLASSIC_20_10
	                                     : JET_BUILDER_CLASSIC;
	return 0;
}

static int settle_docker(struct jet_tool *tool, const enum jet_builder *wanted,
                         struct jet_error *err)
{
	unsigned major;
	int rc = ask_version(tool, &major, err);

	if (rc < 0 || tool->kind == JET_TOOL_PODMAN)
		return rc;
	if (wanted && *wanted != JET_BUILDER_BUILDAH)
		tool->builder = *wanted;
	else
		rc = usual_builder(tool, major, &tool->builder, err);
	/* A new docker takes that one anyway; an old one may have other orders in its
	 * daemon's configuration. */
	if (wanted || major < BUILDX_IS_USUAL)
		tool->buildkit = tool->builder == JET_BUILDER_BUILDKIT ? "1" : "0";
	return rc;
}

int jet_tool_settle(struct jet_tool *tool, const enum jet_builder *wanted, struct jet_error *err)
{
	int rc = 0;

	tool->builder = JET_BUILDER_BUILDKIT;
	if (tool->kind == JET_TOOL_DOCKER)
		rc = settle_docker(tool, wanted, err);
	if (jet_tool_is_buildah(tool))
		tool->builder = JET_BUILDER_BUILDAH;
	if (rc < 0 || !wanted || *wanted == tool->builder)
		return rc;
	return jet_fail(err, JET_E_ARG, NULL, "%.100s does not build as %s does", tool->name,
	                jet_builder_name(*wanted));
}
