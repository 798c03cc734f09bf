/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sha256.h - SHA-256, by libcrypto where the program is built with it.
 *
 * sha256_crypto.c is the real thing.  sha256_absent.c takes its place in a build
 * with nothing but the C library (JET_PROGRAM_ONLY): there _open() says so, and
 * nothing else is ever called.
 */
#ifndef JET_CONTEXT_SHA256_H
#define JET_CONTEXT_SHA256_H

#include "jettison.h"

enum { JET_SHA256_BYTES = 32 };

struct jet_sha256;

/**
 * jet_sha256_open() - state for one hash at a time.
 * @sha: set on success; jet_sha256_close() it
 *
 * Return: 0; JET_E_NOMEM; JET_E_ARG when this build has no SHA-256.
 */
int jet_sha256_open(struct jet_sha256 **sha, struct jet_error *err);

/** jet_sha256_close() - accepts NULL. */
void jet_sha256_close(struct jet_sha256 *sha);

/** jet_sha256_start() - begins a hash.  0 or -1, as the other two. */
int jet_sha256_start(struct jet_sha256 *sha);

/** jet_sha256_update() - more bytes. */
int jet_sha256_update(struct jet_sha256 *sha, const void *data, size_t len);

/** jet_sha256_finish() - the hash of all bytes since jet_sha256_start(). */
int jet_sha256_finish(struct jet_sha256 *sha, uint8_t out[JET_SHA256_BYTES]);

#endif
