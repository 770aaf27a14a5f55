"""An issuer of signed tokens: a key set over HTTP, with keys that the program openssl makes."""

import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import subprocess
import tempfile
import threading
import time

RESOURCE = "https://hub.example/mcp"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, check=True, capture_output=True).stdout


class Key:
    """An RSA key."""

    def __init__(self, folder, name):
        self.id = name
        self.path = pathlib.Path(folder) / (name + ".pem")
        openssl("genrsa", "-out", str(self.path), "2048")

    def public_pem(self):
        return openssl("pkey", "-in", str(self.path), "-pubout").decode()

    def jwk(self, key_id=None):
        text = openssl("rsa", "-in", str(self.path), "-noout", "-modulus").decode()
        modulus = bytes.fromhex(text.strip().partition("=")[2])
        return {"kty": "RSA", "kid": key_id or self.id, "use": "sig", "n": base64url(modulus), "e": "AQAB"}

    def sign(self, text):
        return openssl("dgst", "-sha256", "-sign", str(self.path), data=text)


class Issuer:
    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.keys = []       # what the key set has
        self.requests = 0
        self.status = 200
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.requests += 1
                body = json.dumps({"keys": issuer.keys}).encode()
                self.send_response(issuer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def make_key(self, name):
        return Key(self._folder.name, name)

    def claims(self, **more):
        now = int(time.time())
        claims = {"iss": self.url, "aud": [RESOURCE], "sub": "alice", "iat": now, "exp": now + 300,
                  "scope": "dockerhub:read", **more}
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, key, header=None, **claims):
        return signed(key.sign, {"alg": "RS256", "kid": key.id, "typ": "JWT", **(header or {})},
                      self.claims(**claims))


def signed(sign, header, claims):
    text = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
    return text + "." + base64url(sign(text.encode()))


def hmac_signer(secret):
    return lambda text: hmac.new(secret, text, hashlib.sha256).digest()
