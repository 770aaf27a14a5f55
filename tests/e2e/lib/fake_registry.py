"""A registry in memory that does what docker-registry 2.8.2 does not: 416, chunk minimum, resumable
sessions, OCI-Subject, locations of each kind, and whatever breaks as a test tells it.

`hook(registry, request)` is asked before each answer; it may answer itself (True), or end the connection
by request.drop().
"""

import hashlib
import http.server
import json
import re
import ssl
import threading
import urllib.parse
import uuid

UPLOADS = re.compile(r"^/v2/(.+)/blobs/uploads/([^/]*)$")
BLOB = re.compile(r"^/v2/(.+)/blobs/([^/]+)$")
MANIFEST = re.compile(r"^/v2/(.+)/manifests/([^/]+)$")
TAGS = re.compile(r"^/v2/(.+)/tags/list$")
REFERRERS = re.compile(r"^/v2/(.+)/referrers/([^/]+)$")


def digest_of(body, algorithm="sha256"):
    return algorithm + ":" + hashlib.new(algorithm, body).hexdigest()


class Repository:
    def __init__(self):
        self.blobs = {}
        self.manifests = {}  # digest -> (media type, bytes)
        self.tags = {}


class FakeRegistry(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, tls=None):
        """tls: the paths of a certificate and its key; None: plain HTTP."""
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            # Not by the thread that accepts: a client that is slow with it would keep the others out.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.scheme = "https" if tls else "http"
        self.host = f"127.0.0.1:{self.server_address[1]}"
        self.url = f"{self.scheme}://{self.host}"
        self.repositories = {}
        self.sessions = {}  # name -> (bytearray, serial of the location)
        self.chunk_minimum = None
        self.whole_size = None  # of the blob that comes in chunks
        self.takes_subjects = False  # has the referrers API and says OCI-Subject
        self.location = "absolute"  # or "relative", or a host "HOST:PORT"
        self.headers_of_all = []
        self.hook = None
        self.journal = []  # (method, path with query, headers, bytes of the body)
        self.lock = threading.Lock()
        # The interval is what stop() may have to wait.
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def handle_error(self, request, client_address):
        """Connections that end in the middle are what the tests are about."""

    def stop(self):
        self.shutdown()
        self.server_close()

    def repository(self, name):
        with self.lock:
            return self.repositories.setdefault(name, Repository())

    def last_chunk_may_follow(self, size):
        """Only the last chunk may be short, and that it is the last one its size tells."""
        return size == self.whole_size

    def asked(self, method, part=""):
        return [entry for entry in self.journal if entry[0] == method and part in entry[1]]


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def drop(self):
        """Ends the connection without a word."""
        self.close_connection = True
        self.connection.close()
        return True

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in [*headers.items(), *self.server.headers_of_all]:
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers and status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def refuse(self, status, code):
        self.reply(status, json.dumps({"errors": [{"code": code, "message": code.lower()}]}).encode())

    def read_body(self):
        """The body as far as it came."""
        left = int(self.headers.get("Content-Length", "0"))
        body = bytearray()
        while left > 0:
            piece = self.rfile.read(min(left, 65536))
            if not piece:
                break
            body += piece
            left -= len(piece)
        return bytes(body)

    def handle_all(self):
        self.target = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(self.target.query))
        self.body = self.read_body()
        registry = self.server
        with registry.lock:
            registry.journal.append((self.command, self.path, dict(self.headers), len(self.body)))
        try:
            if registry.hook and registry.hook(registry, self):
                return
            self.route()
        except (BrokenPipeError, ConnectionResetError, ValueError, OSError):
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PATCH = do_PUT = do_DELETE = handle_all

    def route(self):
        path = self.target.path
        if path == "/v2/":
            return self.reply(200, b"{}")
        if found := UPLOADS.match(path):
            return self.upload(*found.groups())
        if found := BLOB.match(path):
            return self.blob(*found.groups())
        if found := MANIFEST.match(path):
            return self.manifest(*found.groups())
        if (found := TAGS.match(path)) and found.group(1) in self.server.repositories:
            tags = sorted(self.server.repository(found.group(1)).tags)
            return self.reply(200, json.dumps({"name": found.group(1), "tags": tags}).encode())
        if (found := REFERRERS.match(path)) and self.server.takes_subjects:
            return self.reply(200, b'{"schemaVersion":2,"manifests":[]}')
        return self.reply(404, b"404 page not found")

    # ---- uploads

    def where(self, repository, name):
        path = f"/v2/{repository}/blobs/uploads/{name}?_state={self.server.sessions[name][1]}"
        if self.server.location == "relative":
            return path
        host = self.server.host if self.server.location == "absolute" else self.server.location
        return f"{self.server.scheme}://{host}{path}"

    def progress(self, status, repository, name):
        size = len(self.server.sessions[name][0])
        headers = {"Location": self.where(repository, name), "Range": f"0-{max(size - 1, 0)}",
                   "Docker_Upload_UUID": name}
        if self.server.chunk_minimum:
            headers["OCI_Chunk_Min_Length"] = str(self.server.chunk_minimum)
        self.reply(status, **headers)

    def begin(self, repository):
        if "mount" in self.query:
            blob = self.server.repository(self.query["from"]).blobs.get(self.query["mount"])
            if blob is not None:
                self.server.repository(repository).blobs[self.query["mount"]] = blob
                return self.reply(201, Location=f"/v2/{repository}/blobs/{self.query['mount']}")
        name = str(uuid.uuid4())
        self.server.sessions[name] = (bytearray(), 0)
        return self.progress(202, repository, name)

    def upload(self, repository, name):
        if self.command == "POST" and not name:
            return self.begin(repository)
        session = self.server.sessions.get(name)
        if session is None:
            return self.refuse(404, "BLOB_UPLOAD_UNKNOWN")
        content, serial = session
        if self.command == "GET":
            return self.progress(204, repository, name)
        if self.command == "DELETE":
            del self.server.sessions[name]
            return self.reply(204)
        wanted = self.headers.get("Content-Range")
        if wanted and int(wanted.split("-")[0]) != len(content):
            return self.progress(416, repository, name)
        if self.query.get("_state") != str(serial):
            return self.refuse(404, "BLOB_UPLOAD_INVALID")
        if self.command == "PATCH" and len(self.body) < (self.server.chunk_minimum or 0):
            if not self.server.last_chunk_may_follow(len(content) + len(self.body)):
                return self.refuse(400, "SIZE_INVALID")
        content += self.body
        if self.command == "PATCH":
            self.server.sessions[name] = (content, serial + 1)
            return self.progress(202, repository, name)
        del self.server.sessions[name]
        wanted = self.query["digest"]
        if digest_of(bytes(content), wanted.split(":")[0]) != wanted:
            return self.refuse(400, "DIGEST_INVALID")
        self.server.repository(repository).blobs[wanted] = bytes(content)
        return self.reply(201, Location=f"/v2/{repository}/blobs/{wanted}", Docker_Content_Digest=wanted)

    # ---- content

    def blob(self, repository, digest):
        blobs = self.server.repository(repository).blobs
        if self.command == "DELETE":
            return self.reply(202) if blobs.pop(digest, None) is not None else self.refuse(404, "BLOB_UNKNOWN")
        blob = blobs.get(digest)
        if blob is None:
            return self.refuse(404, "BLOB_UNKNOWN")
        first = re.match(r"bytes=(\d+)-$", self.headers.get("Range", ""))
        if first:
            start = int(first.group(1))
            return self.reply(206, blob[start:], Content_Range=f"bytes {start}-{len(blob) - 1}/{len(blob)}")
        if self.command == "HEAD":
            return self.reply(200, Content_Length=str(len(blob)), Docker_Content_Digest=digest)
        return self.reply(200, blob, Docker_Content_Digest=digest)

    def manifest(self, repository, reference):
        kept = self.server.repository(repository)
        if self.command == "PUT":
            algorithm = reference.split(":")[0] if ":" in reference else "sha256"
            digest = digest_of(self.body, algorithm)
            kept.manifests[digest] = (self.headers["Content-Type"], self.body)
            if ":" not in reference:
                kept.tags[reference] = digest
            headers = {"Docker_Content_Digest": digest, "Location": f"/v2/{repository}/manifests/{digest}"}
            subject = json.loads(self.body).get("subject")
            if subject and self.server.takes_subjects:
                headers["OCI_Subject"] = subject["digest"]
            return self.reply(201, **headers)
        digest = kept.tags.get(reference, reference)
        if digest not in kept.manifests:
            return self.refuse(404, "MANIFEST_UNKNOWN")
        if self.command == "DELETE":
            del kept.manifests[digest]
            kept.tags = {tag: named for tag, named in kept.tags.items() if named != digest}
            return self.reply(202)
        media_type, body = kept.manifests[digest]
        headers = {"Content_Type": media_type, "Docker_Content_Digest": digest}
        if self.command == "HEAD":
            headers["Content_Length"] = str(len(body))
            return self.reply(200, **headers)
        return self.reply(200, body, **headers)
