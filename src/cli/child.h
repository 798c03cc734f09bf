/* SPDX-License-Identifier: Apache-2.0 */
/* child.h - another program: started, fed, asked, waited for. */
#ifndef JET_CLI_CHILD_H
#define JET_CLI_CHILD_H

#include "base/buf.h"
#include "jettison.h"

#include <sys/types.h>

struct jet_child {
	pid_t pid;
	int input; /* the pipe to its standard input, or -1 */
};

/**
 * jet_child_start() - runs a program.
 * @file: its path
 * @words: argv, ended by NULL
 * @fed: whether child->input is its standard input; else that is ours.  All else it
 *       inherits
 *
 * From now on a signal that somebody sends us is sent on to it, and does not end this
 * program; jet_output_signal() is to be asked.  One that the terminal sends reaches
 * both of us anyway.  Should this program be killed, the child is told to end.
 *
 * Return: 0, or JET_E_IO in @err.
 */
int jet_child_start(struct jet_child *child, const char *file, char *const words[], bool fed,
                    struct jet_error *err);

/** jet_child_wait() - its exit code; 128 and the number of the signal that ended it.
 *  Its standard input has been closed before. */
int jet_child_wait(struct jet_child *child);

/**
 * jet_child_stop() - ends it, with force if it does not listen for some seconds.
 * @told: it got a signal already
 *
 * Its standard input is closed only afterwards, so it never sees an end.
 */
void jet_child_stop(struct jet_child *child, bool told);

/**
 * jet_child_ask() - what a program writes.
 * @answer: its standard output, at most 64 KiB, NUL-ended; its standard error is not
 *          seen
 *
 * Return: its exit code, or a negative enum jet_code when it cannot be run.
 */
int jet_child_ask(const char *file, char *const words[], struct jet_buf *answer);

#endif
