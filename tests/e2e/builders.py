# SPDX-License-Identifier: Apache-2.0
"""The real builders: each builds a context and returns the image's entries."""

import json
import os
import subprocess
import time

import image

DOCKERD = "/usr/sbin/dockerd"
DOCKER = "/usr/bin/docker"  # never another docker from PATH
BUILDAH = "/usr/bin/buildah"
PODMAN = "/usr/bin/podman"
START_SECONDS = 60
BUILD_SECONDS = 60


class BuildFailed(Exception):
    """The builder refused; the text is what it said."""


def run(argv, stdin=None, env=None):
    done = subprocess.run(
        argv,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        env=env,
        timeout=BUILD_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise BuildFailed(done.stderr.decode("utf-8", "replace").strip()[-400:])
    return done.stdout


class Daemon:
    """dockerd with all its files in one directory."""

    def __init__(self, directory):
        self.directory = directory
        self.host = "unix://" + os.path.join(directory, "docker.sock")
        self.process = None
        self.log = None

    def start(self):
        os.makedirs(self.directory)
        self.log = open(os.path.join(self.directory, "log"), "wb")
        self.process = subprocess.Popen(
            [
                DOCKERD,
                "--iptables=false",
                "--ip6tables=false",
                "--ip-forward=false",
                "--ip-masq=false",
                "--bridge=none",
                "--storage-driver=vfs",
                "--config-file=" + self.own_config(),
                "--data-root=" + os.path.join(self.directory, "data"),
                "--exec-root=" + os.path.join(self.directory, "exec"),
                "--pidfile=" + os.path.join(self.directory, "pid"),
                "--host=" + self.host,
            ],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            env=environment({}),
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return run([DOCKER, "--host", self.host, "version", "--format",
                            "{{.Client.Version}} {{.Server.Version}}"]).decode().strip()
            except BuildFailed:
                time.sleep(0.1)
        raise BuildFailed("dockerd did not start:\n" + self.tail())

    def own_config(self):
        """The machine's own /etc/docker/daemon.json must not count, and the key
        that the daemon makes does not go to /etc/docker."""
        path = os.path.join(self.directory, "daemon.json")
        with open(path, "w", encoding="ascii") as file:
            json.dump({"deprecated-key-path": os.path.join(self.directory, "key.json")}, file)
        return path

    def tail(self):
        with open(os.path.join(self.directory, "log"), "rb") as file:
            return file.read()[-2000:].decode("utf-8", "replace")

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def environment(extra):
    """A plain environment: no settings of the user's docker or buildah."""
    env = {
        "PATH": "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
    }
    env.update(extra)
    return env


class Docker:
    """docker build, with the classic builder or the embedded BuildKit."""

    def __init__(self, daemon, buildkit):
        self.daemon = daemon
        self.name = "embedded" if buildkit else "classic"
        self.env = environment(
            {
                "DOCKER_BUILDKIT": "1" if buildkit else "0",
                "DOCKER_CONFIG": os.path.join(daemon.directory, "config"),
            }
        )

    def docker(self, *words, stdin=None):
        return run([DOCKER, "--host", self.daemon.host, *words], stdin, self.env)

    def take(self, tag):
        layers = self.docker("image", "inspect", "--format", "{{len .RootFS.Layers}}", tag)
        entries = {}
        if layers.strip() != b"0":  # "empty export - not implemented"
            entries = image.read_image(self.docker("image", "save", tag))
        self.docker("image", "rm", "--force", tag)
        return entries

    def build(self, tag, dockerfile, context, options=(), stdin=None):
        words = ["--file", dockerfile] if dockerfile else []
        words += options
        self.docker("build", "--no-cache", "--quiet", "--tag", tag, *words, context, stdin=stdin)
        return self.take(tag)

    def build_directory(self, tag, directory, dockerfile, options=()):
        return self.build(tag, dockerfile and os.path.join(directory, dockerfile), directory, options)

    def build_tar(self, tag, data, dockerfile, options=()):
        """The Dockerfile is the one in the tar: the client takes no other."""
        return self.build(tag, dockerfile, "-", options, data)


class Buildah:
    """buildah bud, with its storage in one directory."""

    name = "buildah"
    program = BUILDAH
    verb = "bud"
    conf = ""

    def __init__(self, directory):
        os.makedirs(directory)
        self.directory = directory
        self.env = environment(
            {
                "BUILDAH_ISOLATION": "chroot",
                "STORAGE_DRIVER": "vfs",
                "CONTAINERS_CONF": self.file("containers.conf", self.conf),
                "CONTAINERS_STORAGE_CONF": self.file(
                    "storage.conf",
                    f'[storage]\ndriver = "vfs"\nrunroot = "{directory}/run"\n'
                    f'graphroot = "{directory}/root"\n',
                ),
                "CONTAINERS_REGISTRIES_CONF": self.file("registries.conf", ""),
                "HOME": directory,
                "TMPDIR": directory,
            }
        )
        # Before the command.
        self.flags = ["--storage-driver", "vfs", "--root", os.path.join(directory, "root"),
                      "--runroot", os.path.join(directory, "run")]
        self.policy = self.file(
            "policy.json", '{"default": [{"type": "insecureAcceptAnything"}]}'
        )

    def file(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def buildah(self, *words, stdin=None):
        return run([self.program, *self.flags, *words], stdin, self.env)

    def version(self):
        return self.buildah("--version").decode().strip()

    def take(self, tag):
        path = os.path.join(self.directory, "image.tar")
        self.buildah("push", "--quiet", "--signature-policy", self.policy, tag,
                     "docker-archive:" + path)
        with open(path, "rb") as file:
            entries = image.read_image(file.read())
        os.unlink(path)
        self.buildah("rmi", "--force", tag)
        return entries

    def bud(self, tag, dockerfile, context, options=(), stdin=None):
        tag = "localhost/" + tag  # no short name, for which it has a file in /var/cache
        words = ["--file", dockerfile] if dockerfile else []
        words += options
        self.buildah(self.verb, "--quiet", "--isolation", "chroot", "--signature-policy",
                     self.policy, "--tag", tag, *words, context, stdin=stdin)
        return self.take(tag)

    def build_directory(self, tag, directory, dockerfile, options=()):
        return self.bud(tag, dockerfile and os.path.join(directory, dockerfile), directory, options)

    def build_tar(self, tag, data, dockerfile, options=()):
        """A Dockerfile that the current directory does not have is the one in the tar."""
        return self.bud(tag, dockerfile, "-", options, data)


class Podman(Buildah):
    """podman build: buildah's code behind another front, of another version."""

    name = "podman"
    program = PODMAN
    verb = "build"
    # Not in /dev/shm, which cannot be written to here.
    conf = '[engine]\nlock_type = "file"\n'
