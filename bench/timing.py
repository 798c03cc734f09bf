#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""timing.py [-r ROUNDS] [-t TITLE] [-b COMMAND] NAME=COMMAND... - times commands in turn.

Every round runs each command once, so that what else the machine does hits all
alike; the first is the reference of the ratios.  Output goes to /dev/null
unless a command redirects it.  What -b names is run before each, untimed.  Wall clock, CPU time: median of the rounds;
ratio: median of the ratios within each round; memory: the largest of all.
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time


def once(command):
    """(wall s, CPU s, KiB) of one run.  The shell execs the command itself, so
    the memory is not that of this interpreter."""
    with tempfile.NamedTemporaryFile("r") as report:
        began = time.perf_counter()
        done = subprocess.run(
            ["/usr/bin/time", "-f", "%U %S %M", "-o", report.name, "/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        wall = time.perf_counter() - began
        numbers = re.findall(r"[\d.]+", report.read().splitlines()[-1])
    if done.returncode != 0:
        sys.exit(f"exit {done.returncode}: {command}")
    return wall, float(numbers[0]) + float(numbers[1]), int(numbers[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-r", "--rounds", type=int, default=7)
    parser.add_argument("-t", "--title", default="")
    parser.add_argument("-b", "--before", default="")
    parser.add_argument("commands", nargs="+")
    options = parser.parse_args()
    commands = [word.split("=", 1) for word in options.commands]
    runs = {name: [] for name, _ in commands}
    for name, command in commands:
        once(command)  # warms the page cache
    for _ in range(options.rounds):
        for name, command in commands:
            if options.before:
                subprocess.run(["/bin/sh", "-c", options.before], check=True)
            runs[name].append(once(command))
    reference = [run[0] for run in runs[commands[0][0]]]
    print(f"{options.title:36} {'wall ms':>9} {'spread':>7} {'cpu ms':>9} {'MiB':>7} {'ratio':>7}")
    for name, _ in commands:
        walls = [run[0] for run in runs[name]]
        middle = statistics.median(walls)
        spread = (max(walls) - min(walls)) / middle
        ratio = statistics.median(w / r for w, r in zip(walls, reference))
        cpu = statistics.median(run[1] for run in runs[name])
        memory = max(run[2] for run in runs[name]) / 1024
        print(f"  {name:34} {middle * 1e3:9.1f} {spread:7.0%} {cpu * 1e3:9.1f} {memory:7.1f} {ratio:7.2f}",
              flush=True)
    print()


if __name__ == "__main__":
    main()
