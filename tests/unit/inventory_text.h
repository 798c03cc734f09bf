/* SPDX-License-Identifier: Apache-2.0 */
/* inventory_text.h - inventories from text and as text. */
#ifndef JET_UNIT_INVENTORY_TEXT_H
#define JET_UNIT_INVENTORY_TEXT_H

#include "inventory/read.h"

/**
 * inventory_read() - reads bytes, whatever they look like.
 * Return: what jet_inventory_read() says; @inv is to be cleared.
 */
int inventory_read(struct jet_inventory *inv, const void *data, size_t len, struct jet_error *err);

/**
 * inventory_text() - "TYPE PATH [MODE] [SIZE] [SEC.NSEC] [->TARGET] [=HARDLINK] [x:..] [s:..]"
 * and ";" per item: what is known, of hashes the first byte.  The caller frees it.
 */
char *inventory_text(const struct jet_inventory *inv);

#endif
