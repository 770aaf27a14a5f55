"""A certificate authority for one test, by the program openssl."""

import os
import pathlib
import socket
import ssl
import subprocess

from dockerhub_process import DEADLINE


class Authority:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.certificate = self.folder / "authority.pem"
        self._key = self.folder / "authority.key"
        self._issue("authority", self.certificate, self._key, "basicConstraints=critical,CA:TRUE", [])

    @staticmethod
    def _issue(name, certificate, key, extension, signer):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc",
             "-subj", "/CN=" + name, "-days", "2", "-addext", extension, "-keyout", str(key),
             "-out", str(certificate), *signer], check=True, capture_output=True)
        key.chmod(0o600)

    def issue(self, name):
        """A pair for 127.0.0.1: the paths of the certificate and the key."""
        certificate, key = self.folder / (name + ".pem"), self.folder / (name + ".key")
        self._issue(name, certificate, key, "subjectAltName=IP:127.0.0.1",
                    ["-CA", str(self.certificate), "-CAkey", str(self._key)])
        return certificate, key

    def client(self):
        """What a client needs that trusts this authority alone."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def shown_at(self, port):
        """The certificate (PEM) that a new connection to this port of 127.0.0.1 is shown."""
        with socket.create_connection(("127.0.0.1", port), DEADLINE) as plain:
            with self.client().wrap_socket(plain, server_hostname="127.0.0.1") as secure:
                return ssl.DER_cert_to_PEM_cert(secure.getpeercert(binary_form=True))


def replace(path, text, mode=0o600):
    """As programs that renew certificates do it: a new file takes the place of the old one."""
    new = path.with_suffix(".new")
    new.write_bytes(text)
    new.chmod(mode)
    os.replace(new, path)
