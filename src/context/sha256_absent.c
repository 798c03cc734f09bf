/* SPDX-License-Identifier: Apache-2.0 */
#include "context/sha256.h"

#include "base/error.h"

int jet_sha256_open(struct jet_sha256 **out, struct jet_error *err)
{
	*out = NULL;
	return jet_fail(err, JET_E_ARG, NULL, "SHA-256 is not built in: this program was built "
	                                      "without libcrypto");
}

void jet_sha256_close(struct jet_sha256 *sha)
{
	(void)sha;
}

int jet_sha256_start(struct jet_sha256 *sha)
{
	(void)sha;
	return -1;
}

int jet_sha256_update(struct jet_sha256 *sha, const void *data, size_t len)
{
	(void)sha;
	(void)data;
	(void)len;
	return -1;
}

int jet_sha256_finish(struct jet_sha256 *sha, uint8_t out[JET_SHA256_BYTES])
{
	(void)sha;
	(void)out;
	return -1;
}
