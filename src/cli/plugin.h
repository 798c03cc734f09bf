/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plugin.h - docker jettison.
 *
 * docker runs plugins as docker-NAME: with one word to ask what they are, else with all
 * that it was called with, its own options in front of NAME.
 */
#ifndef JET_CLI_PLUGIN_H
#define JET_CLI_PLUGIN_H

#include <stdbool.h>

/** struct jet_plugin - the command line that is left. */
struct jet_plugin {
	int argc; /* as main() gets it when it is called as jettison */
	char **argv;
	char **made; /* words from malloc(), or NULL */
	int nmade;
};

/**
 * jet_plugin_read() - takes docker's part out of a command line.
 * @plugin: zeroed; jet_plugin_clear() it
 * @code: the exit code, where docker only asked
 *
 * "docker-jettison --host H jettison build ." becomes "jettison build --with=docker
 * --global=--host --global=H .".  Called by another name nothing is changed.
 *
 * Return: true; false: there is nothing left to do.
 */
bool jet_plugin_read(struct jet_plugin *plugin, int argc, char **argv, int *code);

/** jet_plugin_clear() - frees what it holds. */
void jet_plugin_clear(struct jet_plugin *plugin);

#endif
