/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_options.h"

#include <string.h>

enum {
	VALUE = JET_OPTION_VALUE,
	OURS = JET_OPTION_OURS,
	ALONE = JET_OPTION_ALONE,
	BEFORE = JET_OPTION_BEFORE
};

static const struct jet_build_option own[] = {
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
static const struct jet_build_option of_buildah[] = {
	{ "env", 0, VALUE },
	{ "jobs", 0, VALUE },
	{ "volume", 'v', VALUE },
	{ "ignorefile", 0, VALUE | OURS | ALONE },
	{ NULL, 0, 0 },
};

/* All others with a value: docker 20.10 to 29, buildx 0.30, buildah 1.41, podman 5.6,
 * buildctl 0.25. */
static const struct jet_build_option others[] = {
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
	{ "ref-file", 0, VALUE }, { "registry-auth-tlscontext", 0, VALUE }, { "resource", 0, VALUE },
	{ "retry", 0, VALUE },
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

/* What stands before the builder's command, and not behind it. */
static const struct jet_build_option before_docker[] = {
	{ "config", 0, VALUE | BEFORE }, { "context", 0, VALUE | BEFORE },
	{ "host", 'H', VALUE | BEFORE }, { "log-level", 0, VALUE | BEFORE }, { "tls", 0, BEFORE },
	{ "tlscacert", 0, VALUE | BEFORE }, { "tlscert", 0, VALUE | BEFORE },
	{ "tlskey", 0, VALUE | BEFORE }, { NULL, 0, 0 },
};

static const struct jet_build_option before_podman[] = {
	{ "cgroup-manager", 0, VALUE | BEFORE }, { "conmon", 0, VALUE | BEFORE },
	{ "connection", 0, VALUE | BEFORE }, { "cpu-profile", 0, VALUE | BEFORE },
	{ "events-backend", 0, VALUE | BEFORE }, { "identity", 0, VALUE | BEFORE },
	{ "imagestore", 0, VALUE | BEFORE }, { "log-level", 0, VALUE | BEFORE },
	{ "memory-profile", 0, VALUE | BEFORE }, { "network-config-dir", 0, VALUE | BEFORE },
	{ "remote", 0, BEFORE }, { "root", 0, VALUE | BEFORE }, { "runroot", 0, VALUE | BEFORE },
	{ "storage-driver", 0, VALUE | BEFORE }, { "storage-opt", 0, VALUE | BEFORE },
	{ "syslog", 0, BEFORE }, { "tmpdir", 0, VALUE | BEFORE }, { "url", 0, VALUE | BEFORE },
	{ NULL, 0, 0 },
};

static const struct jet_build_option before_buildah[] = {
	{ "cgroup-manager", 0, VALUE | BEFORE }, { "cpu-profile", 0, VALUE | BEFORE },
	{ "debug", 0, BEFORE }, { "log-level", 0, VALUE | BEFORE },
	{ "memory-profile", 0, VALUE | BEFORE }, { "registries-conf", 0, VALUE | BEFORE },
	{ "root", 0, VALUE | BEFORE }, { "runroot", 0, VALUE | BEFORE },
	{ "storage-driver", 0, VALUE | BEFORE }, { "storage-opt", 0, VALUE | BEFORE },
	{ NULL, 0, 0 },
};

static const struct jet_build_option before_buildctl[] = {
	{ "addr", 0, VALUE | BEFORE }, { "debug", 0, BEFORE }, { "log-format", 0, VALUE | BEFORE },
	{ "timeout", 0, VALUE | BEFORE }, { "tlscacert", 0, VALUE | BEFORE },
	{ "tlscert", 0, VALUE | BEFORE }, { "tlsdir", 0, VALUE | BEFORE },
	{ "tlskey", 0, VALUE | BEFORE }, { "tlsservername", 0, VALUE | BEFORE },
	{ "wait", 0, BEFORE }, { NULL, 0, 0 },
};

static const struct jet_build_option *const global[] = {
	[JET_TOOL_DOCKER] = before_docker,   [JET_TOOL_BUILDX] = before_docker,
	[JET_TOOL_PODMAN] = before_podman,   [JET_TOOL_BUILDAH] = before_buildah,
	[JET_TOOL_BUILDCTL] = before_buildctl,
};

static const struct jet_build_option *in_table(const struct jet_build_option *table,
                                               const char *name, size_t len, char letter)
{
	for (; table->name; table++) {
		if (name ? strlen(table->name) == len && memcmp(table->name, name, len) == 0
		         : table->letter == letter)
			return table;
	}
	return NULL;
}

const struct jet_build_option *jet_build_option_find(enum jet_tool_kind kind, const char *name,
                                                     size_t len, char letter)
{
	const struct jet_build_option *o = NULL;

	if (kind == JET_TOOL_PODMAN || kind == JET_TOOL_BUILDAH)
		o = in_table(of_buildah, name, len, letter);
	if (!o)
		o = in_table(own, name, len, letter);
	if (!o)
		o = in_table(global[kind], name, len, letter);
	return o ? o : in_table(others, name, len, letter);
}
