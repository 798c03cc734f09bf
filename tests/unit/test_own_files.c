/* SPDX-License-Identifier: Apache-2.0 */
#include "report/own_files.h"

#include <criterion/criterion.h>
#include <string.h>

Test(own_files, the_dockerfile_and_what_goes_with_it)
{
	static const struct {
		const char *path;
		enum jet_type type;
		const char *dockerfile;
		bool own;
	} rows[] = {
		{ "Dockerfile", JET_TYPE_FILE, NULL, true },
		{ "dockerfile", JET_TYPE_FILE, NULL, true },
		{ "Containerfile", JET_TYPE_FILE, NULL, true },
		{ "Dockerfile.jettison", JET_TYPE_FILE, NULL, true },
		{ "Dockerfile.jettison.dockerignore", JET_TYPE_FILE, NULL, true },
		{ "Dockerfile.dockerignore", JET_TYPE_FILE, NULL, true },
		{ ".dockerignore", JET_TYPE_FILE, NULL, true },
		{ ".containerignore", JET_TYPE_FILE, "x", true },
		{ "Dockerfile", JET_TYPE_FILE, "docker/D", false },
		{ "docker/D", JET_TYPE_FILE, "docker/D", true },
		{ "docker/D", JET_TYPE_FILE, "./docker/D", true },
		{ "docker/D.dockerignore", JET_TYPE_FILE, "docker/D", true },
		{ "docker", JET_TYPE_DIR, "docker/D", true },
		{ "dock", JET_TYPE_DIR, "docker/D", false },
		{ "docker", JET_TYPE_FILE, "docker/D", false },
		{ "docker/E", JET_TYPE_FILE, "docker/D", false },
		{ "a/Dockerfile", JET_TYPE_FILE, NULL, false },
		{ "Dockerfile2", JET_TYPE_FILE, NULL, false },
		{ ".dockerignore", JET_TYPE_DIR, NULL, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(jet_is_own_file(rows[i].path, strlen(rows[i].path), rows[i].type,
		                             rows[i].dockerfile), rows[i].own, "%s", rows[i].path);
}
