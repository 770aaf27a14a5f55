"""A server on loopback that answers as a test tells it, byte for byte, and remembers what it was asked."""

import socket
import ssl
import threading


class Request:
    def __init__(self, method, target, headers, body):
        self.method = method
        self.target = target
        self.headers = headers  # names in lower case
        self.body = body

    @property
    def path(self):
        return self.target.split("?", 1)[0]

    def __repr__(self):
        return f"{self.method} {self.target}"


def answer(status, body=b"", headers=(), reason="Told"):
    """The bytes of an ordinary answer, after which the connection ends; headers: pairs."""
    if isinstance(body, str):
        body = body.encode()
    lines = [f"HTTP/1.1 {status} {reason}"]
    given = {name.lower() for name, _ in headers}
    if "content-length" not in given and "transfer-encoding" not in given:
        lines.append(f"Content-Length: {len(body)}")
    # Said, since a client that keeps the connection would race with its end.
    if "connection" not in given:
        lines.append("Connection: close")
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class ScriptedServer:
    """reply(request) gives the bytes of the answer, or an iterable of pieces that are sent one by one.

    A piece that is a threading.Event is waited for. The connection is closed after an answer.
    """

    def __init__(self, reply, host="127.0.0.1", listener=None):
        self._reply = reply
        self._socket = listener or socket.create_server((host, 0))
        self.host = host
        self.port = self._socket.getsockname()[1]
        self.requests = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._threads = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    @property
    def authority(self):
        return f"{self.host}:{self.port}"

    @property
    def url(self):
        return f"http://{self.authority}"

    def close(self):
        self._closing.set()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._accepting.join()
        self._socket.close()
        for thread in self._threads:
            thread.join()

    def _accept(self):
        while not self._closing.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            thread.start()
            self._threads.append(thread)

    def _serve(self, connection):
        with connection:
            connection.settimeout(0.2)
            try:
                request = self._read(connection)
                if request is None:
                    return
                with self._lock:
                    self.requests.append(request)
                pieces = self._reply(request)
                if isinstance(pieces, bytes):
                    pieces = [pieces]
                for piece in pieces:
                    if self._closing.is_set():
                        return
                    if isinstance(piece, threading.Event):
                        while not piece.wait(0.2) and not self._closing.is_set():
                            pass
                    else:
                        connection.sendall(piece)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                return

    def _read(self, connection):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._some(connection)
            if not data:
                return None
            if data[:1] == b"\x16":  # a TLS hello: this server speaks plain HTTP
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return None
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.strip().lower()] = value.strip()
        while len(body) < int(headers.get("content-length", "0")):
            body += self._some(connection)
        return Request(method, target, headers, body)

    def _some(self, connection):
        while not self._closing.is_set():
            try:
                got = connection.recv(65536)
            except socket.timeout:
                continue
            if not got:
                raise OSError("closed")
            return got
        raise OSError("closing")


class TlsServer(ScriptedServer):
    """The same over TLS; certificate and key: paths."""

    def __init__(self, reply, certificate, key):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        super().__init__(reply)

    @property
    def url(self):
        return f"https://{self.authority}"

    def _serve(self, connection):
        try:
            super()._serve(self._context.wrap_socket(connection, server_side=True))
        except OSError:
            connection.close()
