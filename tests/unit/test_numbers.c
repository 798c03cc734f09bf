/* SPDX-License-Identifier: Apache-2.0 */
#include "context/numbers.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(numbers, equal_bytes_have_one_number)
{
	struct jet_numbers numbers = { 0 };
	char key[8];
	uint32_t n;

	for (uint32_t round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < 1000; i++) {
			const size_t len = (size_t)snprintf(key, sizeof(key), "k%u", (unsigned)i);

			cr_assert_eq(jet_numbers_get(&numbers, (struct jet_str){ key, len }, &n), round == 0);
			cr_assert_eq(n, i);
		}
	}
	cr_expect_eq(jet_numbers_get(&numbers, (struct jet_str){ "a\0b", 3 }, &n), 1);
	cr_expect_eq(jet_numbers_get(&numbers, (struct jet_str){ "a\0c", 3 }, &n), 1);
	cr_expect_eq(n, 1001);
	jet_numbers_clear(&numbers);
	cr_expect_eq(jet_numbers_get(&numbers, (struct jet_str){ "", 0 }, &n), 1);
	cr_expect_eq(n, 0);
	jet_numbers_clear(&numbers);
}
