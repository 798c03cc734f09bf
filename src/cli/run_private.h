/* SPDX-License-Identifier: Apache-2.0 */
/* run_private.h - between the files of run. */
#ifndef JET_CLI_RUN_PRIVATE_H
#define JET_CLI_RUN_PRIVATE_H

#include "cli/run.h"

/* All of them return 0, or a negative enum jet_code in run->err. */

/** jet_run_find_files() - which Dockerfile and which ignore file; that both can be
 *  had where they were named. */
int jet_run_find_files(struct jet_run *run);

/** jet_run_read_dockerfile() - its text, into run->dockerfile. */
int jet_run_read_dockerfile(struct jet_run *run);

/** jet_run_load_rules() - the ignore file, into run->rules. */
int jet_run_load_rules(struct jet_run *run);

/** jet_run_say_files() - which files were taken, on standard error. */
void jet_run_say_files(const struct jet_run *run);

/** jet_run_open_needs() - what the Dockerfile needs, into run->needs; with notes on
 *  what is not known. */
int jet_run_open_needs(struct jet_run *run);

/** jet_run_check_needs() - the part of it that a builder sees to before it reads
 *  the ignore file. */
int jet_run_check_needs(struct jet_run *run, struct jet_error *err);

#endif
