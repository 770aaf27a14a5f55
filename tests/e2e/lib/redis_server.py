"""Starts the redis-server of Debian on a free port of loopback, with a folder of its own; it ends with the object.
The service that the package brings is never used."""

import pathlib
import signal
import socket
import subprocess
import tempfile


def free_port():
    """One that nobody has now; until it is taken somebody else may get it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class RedisServer:
    """tls: the paths of a certificate and its key; None: plain."""

    ATTEMPTS = 5

    def __init__(self, *options, tls=None):
        self._folder = tempfile.TemporaryDirectory(prefix="redis-")
        self._options = options
        self._tls = tls
        for _ in range(self.ATTEMPTS):
            self.port = free_port()
            if self._launch():
                return
        raise AssertionError("redis-server did not start")

    def url(self, login=""):
        return f"{'rediss' if self._tls else 'redis'}://{login}127.0.0.1:{self.port}"

    def _launch(self):
        port = ["--port", str(self.port)]
        if self._tls:
            port = ["--port", "0", "--tls-port", str(self.port), "--tls-cert-file", str(self._tls[0]),
                    "--tls-key-file", str(self._tls[1]), "--tls-ca-cert-file", str(self._tls[0]),
                    "--tls-auth-clients", "no"]
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", *port, "--save", "", "--rdbcompression", "no",
             "--dir", self._folder.name, *self._options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if any(b"Ready to accept connections" in line for line in self.process.stdout):
            return True
        self.kill()
        return False

    def kill(self):
        """At once, as a machine that fails."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def start(self):
        """Again at the same port, after kill(): it remembers nothing."""
        if not self._launch():
            raise AssertionError("redis-server did not start again")

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def dump(self):
        """All keys and values, as it writes them to a disk."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(b"SAVE\r\n")
            told = connection.recv(1000)
        assert told.startswith(b"+OK"), told
        return (pathlib.Path(self._folder.name) / "dump.rdb").read_bytes()

    def stop(self):
        if self.process.poll() is None:
            self.kill()
        self._folder.cleanup()
