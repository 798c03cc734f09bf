/* SPDX-License-Identifier: Apache-2.0 */
#include "context/sha256.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/lazy.h"

#define FUNCTIONS(X) \
	X(EVP_MD_fetch) X(EVP_MD_free) X(EVP_MD_CTX_new) X(EVP_MD_CTX_free) \
	X(EVP_DigestInit_ex2) X(EVP_DigestUpdate) X(EVP_DigestFinal_ex)

struct api {
	FUNCTIONS(JET_LAZY_MEMBER)
};

static const char *const names[] = { FUNCTIONS(JET_LAZY_NAME) };

struct jet_sha256 {
	void *lib;
	struct api api;
	/* Fetched once: EVP_sha256() would look it up anew for every file. */
	EVP_MD *md;
	EVP_MD_CTX *ctx;
};

int jet_sha256_open(struct jet_sha256 **out, struct jet_error *err)
{
	struct jet_sha256 *sha = calloc(1, sizeof(*sha));
	int rc;

	*out = NULL;
	if (!sha)
		return jet_fail_nomem(err);
	rc = jet_lazy_open(&sha->lib, JET_LIBCRYPTO_SONAME, names, &sha->api, sizeof(sha->api), err);
	if (rc < 0) {
		free(sha);
		return rc;
	}
	sha->md = sha->api.EVP_MD_fetch(NULL, "SHA256", NULL);
	sha->ctx = sha->api.EVP_MD_CTX_new();
	if (!sha->md || !sha->ctx) {
		jet_sha256_close(sha);
		return jet_fail(err, JET_E_NOMEM, NULL, "libcrypto gives no SHA-256");
	}
	*out = sha;
	return 0;
}

void jet_sha256_close(struct jet_sha256 *sha)
{
	if (!sha)
		return;
	sha->api.EVP_MD_CTX_free(sha->ctx);
	sha->api.EVP_MD_free(sha->md);
	jet_lazy_close(sha->lib);
	free(sha);
}

int jet_sha256_start(struct jet_sha256 *sha)
{
	return sha->api.EVP_DigestInit_ex2(sha->ctx, sha->md, NULL) == 1 ? 0 : -1;
}

int jet_sha256_update(struct jet_sha256 *sha, const void *data, size_t len)
{
	return sha->api.EVP_DigestUpdate(sha->ctx, data, len) == 1 ? 0 : -1;
}

int jet_sha256_finish(struct jet_sha256 *sha, uint8_t out[JET_SHA256_BYTES])
{
	return sha->api.EVP_DigestFinal_ex(sha->ctx, out, NULL) == 1 ? 0 : -1;
}
