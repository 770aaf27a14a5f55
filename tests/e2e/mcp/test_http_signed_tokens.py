"""AUTH_TYPE=jwt and remote-oauth: who may do what with a token that somebody else signed."""

import pathlib
import subprocess
import time

from http_case import HttpCase
from http_process import wait_until
from issuer import RESOURCE, Issuer, hmac_signer, signed
from mcp_process import DEADLINE, SERVER


class SignedTokensCase(HttpCase):
    def setUp(self):
        self.issuer = Issuer()
        self.addCleanup(self.issuer.close)
        self.key = self.issuer.make_key("one")
        self.issuer.keys = [self.key.jwk()]

    def settings(self, **more):
        settings = {"AUTH_TYPE": "jwt", "MCP_TOKEN_JWKS_URI": self.issuer.url + "/keys",
                    "MCP_TOKEN_ISSUER": self.issuer.url, "MCP_TOKEN_AUDIENCE": RESOURCE, **more}
        return {name: value for name, value in settings.items() if value is not None}

    def serve(self, **more):
        return self.start(environment=self.settings(**more))

    def refused(self, server, token, status=401):
        answer = server.modern("tools/list", bearer=token)
        self.assertEqual(answer.status, status, answer.body)
        return answer.headers["WWW-Authenticate"]

    def refused_start(self, *arguments, **environment):
        result = subprocess.run(
            [SERVER, "--transport", "streamable-http", "--port", "0", *arguments],
            env=self.home.environment(**environment), cwd=self.home.path, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=DEADLINE)
        self.assertIn(result.returncode, (1, 2), result.stderr)
        return result.stderr


class JwtTest(SignedTokensCase):
    def test_a_token_allows_what_its_scopes_say(self):
        server = self.serve()
        reader = self.issuer.token(self.key)
        self.assertFalse(server.modern_call("echo", {"text": "x"}, bearer=reader).result()["isError"])
        refused = server.modern_call("write", {"key": "k", "value": "v"}, bearer=reader)
        self.assertEqual(refused.status, 403)
        challenge = refused.headers["WWW-Authenticate"]
        self.assertIn('error="insufficient_scope"', challenge)
        self.assertIn('scope="dockerhub:read dockerhub:write"', challenge)
        writer = self.issuer.token(self.key, scope=None, scp=["dockerhub:write"])
        written = server.modern_call("write", {"key": "k", "value": "v"}, bearer=writer)
        self.assertFalse(written.result()["isError"], written.body)
        self.assertEqual(self.issuer.requests, 1)

    def test_a_token_is_told_of_what_it_allows(self):
        server = self.serve()

        def told(scope):
            answer = server.modern_call("describe", bearer=self.issuer.token(self.key, scope=scope))
            return {action["action"] for action in answer.result()["structuredContent"]["data"]["actions"]}

        self.assertEqual(told("dockerhub:read") & {"read", "write", "delete"}, {"read"})
        self.assertEqual(told("dockerhub:write") & {"read", "write", "delete"}, {"read", "write"})

    def test_what_is_wrong_with_a_token_is_told(self):
        server = self.serve()
        now = int(time.time())
        for word, claims in (("over", {"exp": now - 120}), ("not valid yet", {"nbf": now + 120}),
                             ("future", {"iat": now + 120}), ("no end", {"exp": None}),
                             ("audience", {"aud": "https://elsewhere.example"}),
                             ("issuer", {"iss": "https://elsewhere.example"})):
            with self.subTest(word):
                challenge = self.refused(server, self.issuer.token(self.key, **claims))
                self.assertIn('error="invalid_token"', challenge)
                self.assertIn(word, challenge)
        self.assertNotIn("error", self.refused(server, None))
        self.refused(server, self.issuer.token(self.key, scope="other"), 403)

    def test_an_algorithm_of_another_kind_of_key_is_refused(self):
        server = self.serve()
        claims = self.issuer.claims()
        public = self.key.public_pem().encode()
        for header, sign in (({"alg": "HS256"}, hmac_signer(public)), ({"alg": "none"}, lambda text: b"")):
            self.assertIn("algorithm", self.refused(server, signed(sign, header, claims)))

    def test_damaged_tokens_are_refused(self):
        server = self.serve()
        token = self.issuer.token(self.key)
        for wrong in (token[:-1], token[:-4], token + "A", token.rpartition(".")[0], token + "="):
            self.refused(server, wrong)
        self.assertEqual(server.modern("tools/list", bearer=token).status, 200)

    def test_a_new_key_is_fetched_when_it_is_first_used_and_only_once(self):
        server = self.serve()
        stranger = self.issuer.make_key("stranger")
        # The first request of all has the keys fetched, and waits for them.
        self.refused(server, self.issuer.token(stranger))
        self.refused(server, self.issuer.token(stranger))
        self.assertEqual(server.modern("tools/list", bearer=self.issuer.token(self.key)).status, 200)
        self.assertEqual(self.issuer.requests, 1)

    def test_a_key_that_was_swapped_is_not_taken_for_the_old_one(self):
        server = self.serve()
        self.assertEqual(server.modern("tools/list", bearer=self.issuer.token(self.key)).status, 200)
        other = self.issuer.make_key("two")
        self.issuer.keys = [other.jwk(self.key.id)]
        forged = self.issuer.token(other, header={"kid": self.key.id})
        self.assertIn("signature", self.refused(server, forged))

    def test_keys_that_could_not_be_had_are_asked_for_again(self):
        self.issuer.status = 500
        server = self.serve(DOCKERHUB_MAX_RETRIES="0")
        token = self.issuer.token(self.key)
        busy = server.modern("tools/list", bearer=token)
        self.assertEqual((busy.status, busy.headers["Retry-After"]), (503, "5"))
        self.issuer.status = 200
        wait_until(lambda: server.modern("tools/list", bearer=token).status == 200)
        server.stop()
        self.assertIn("the keys for signed tokens", server.stderr())

    def test_every_required_scope_has_to_be_there(self):
        server = self.serve(MCP_REQUIRED_SCOPES="team,office")
        challenge = self.refused(server, self.issuer.token(self.key, scope="dockerhub:read team"), 403)
        self.assertIn('scope="team office dockerhub:read"', challenge)
        token = self.issuer.token(self.key, scope="office dockerhub:read team")
        self.assertEqual(server.modern("tools/list", bearer=token).status, 200)

    def test_a_public_key_or_a_secret_do_as_well(self):
        pem = self.home.path / "key.pem"
        pem.write_text(self.key.public_pem())
        secret = "s" * 32
        shared = signed(hmac_signer(secret.encode()), {"alg": "HS256"}, self.issuer.claims())
        for token, more in ((self.issuer.token(self.key), {"MCP_TOKEN_PUBLIC_KEY": str(pem)}),
                            (self.issuer.token(self.key), {"MCP_TOKEN_PUBLIC_KEY": pem.read_text()}),
                            (shared, {"MCP_TOKEN_SECRET": secret})):
            server = self.serve(MCP_TOKEN_JWKS_URI=None, **more)
            self.assertEqual(server.modern("tools/list", bearer=token).status, 200)
            server.stop()
            self.assertNotIn(secret, server.stderr())

    def test_a_session_belongs_to_the_subject_that_began_it(self):
        server = self.serve()
        session = server.session(bearer=self.issuer.token(self.key))
        stolen = session.send(session.message("ping"),
                              Authorization="Bearer " + self.issuer.token(self.key, sub="mallory"))
        self.assertEqual(stolen.status, 404)
        renewed = session.send(session.message("ping"),
                               Authorization="Bearer " + self.issuer.token(self.key))
        self.assertEqual(renewed.status, 200)

    def test_the_names_of_the_python_package_are_the_same_settings(self):
        names = {"JWKS_URI": self.issuer.url, "ISSUER": self.issuer.url, "AUDIENCE": RESOURCE,
                 "ALGORITHM": "RS256", "REQUIRED_SCOPES": "team"}
        server = self.start(environment={
            "AUTH_TYPE": "jwt",
            **{"FASTMCP_SERVER_AUTH_JWT_" + name: value for name, value in names.items()}})
        self.refused(server, self.issuer.token(self.key), 403)
        token = self.issuer.token(self.key, scope="dockerhub:read team")
        self.assertEqual(server.modern("tools/list", bearer=token).status, 200)

    def test_settings_that_leave_a_gap_refuse_the_start(self):
        for words, more in (("issuer", {"MCP_TOKEN_ISSUER": None}),
                            ("audience", {"MCP_TOKEN_AUDIENCE": None}),
                            ("no key", {"MCP_TOKEN_JWKS_URI": None}),
                            ("several keys", {"MCP_TOKEN_SECRET": "s" * 32}),
                            ("fits none", {"MCP_TOKEN_ALGORITHM": "HS256"}),
                            ("RS256", {"MCP_TOKEN_ALGORITHM": "RS257"}),
                            ("https", {"MCP_TOKEN_JWKS_URI": "http://192.0.2.1/keys"}),
                            ("not verified", {"MCP_TOKEN_JWKS_URI": "https://localhost/keys",
                                              "DOCKERHUB_SSL_VERIFY": "False"}),
                            ("PEM", {"MCP_TOKEN_JWKS_URI": None, "MCP_TOKEN_SECRET": "-----BEGIN PUBLIC KEY-----"}),
                            ("no scope", {"MCP_REQUIRED_SCOPES": 'a"b'}),
                            ("MCP_TOKEN_ISSUER", {"AUTH_TYPE": "none", "MCP_TOKEN_AUDIENCE": None,
                                                  "MCP_TOKEN_JWKS_URI": None}),
                            ("mcp.auth_servers", {"AUTH_TYPE": "remote-oauth",
                                                  "MCP_REMOTE_BASE_URL": "https://hub.example"})):
            with self.subTest(words):
                self.assertIn(words, self.refused_start(**self.settings(**more)))

    def test_a_secret_is_no_option(self):
        text = self.refused_start("--token-secret", "canary-secret", **self.settings())
        self.assertIn("MCP_TOKEN_SECRET", text)
        self.assertNotIn("canary-secret", text)

    def test_an_option_may_name_where_the_secret_is(self):
        secret = "a canary secret of thirty-two bytes, or more"
        shared = signed(hmac_signer(secret.encode()), {"alg": "HS256"}, self.issuer.claims())
        file = self.home.path / "shared-secret"
        file.write_text(secret + "\n")
        file.chmod(0o600)
        settings = self.settings(MCP_TOKEN_JWKS_URI=None)
        for where, more in (("@" + str(file), {}), ("env:SHARED", {"SHARED": secret})):
            with self.subTest(where):
                server = self.start("--token-secret", where, environment={**settings, **more})
                self.assertEqual(server.modern("tools/list", bearer=shared).status, 200)
                self.assertEqual(server.modern("tools/list", bearer=shared[:-1]).status, 401)
                seen = pathlib.Path(f"/proc/{server.process.pid}")
                self.assertNotIn(secret.encode(), seen.joinpath("environ").read_bytes())
                server.stop()
                self.assertNotIn(secret, server.stderr())
        file.chmod(0o644)
        for where, word in (("@" + str(file), "other users may read it"), ("@/nowhere/secret", "Check the path"),
                            ("env:NOWHERE", "not set")):
            with self.subTest(where):
                text = self.refused_start("--token-secret", where, **settings)
                self.assertIn("--token-secret", text)
                self.assertIn(word, text)


class RemoteOauthTest(SignedTokensCase):
    PATH = "/.well-known/oauth-protected-resource"

    def serve(self, **more):
        return super().serve(**{
            "AUTH_TYPE": "remote-oauth", "MCP_TOKEN_AUDIENCE": None,
            "MCP_REMOTE_BASE_URL": "https://hub.example",
            "MCP_REMOTE_AUTH_SERVERS": "https://login.example,https://spare.example", **more})

    def test_clients_are_told_where_tokens_are_had(self):
        server = self.serve()
        for path in (self.PATH, self.PATH + "/mcp"):
            told = server.request("GET", path)
            self.assertEqual(told.status, 200)
            self.assertEqual(told.json(), {
                "resource": RESOURCE,
                "authorization_servers": ["https://login.example", "https://spare.example"],
                "scopes_supported": ["dockerhub:read", "dockerhub:write", "dockerhub:destructive"],
                "bearer_methods_supported": ["header"]})
        self.assertEqual(server.request("POST", self.PATH).status, 405)
        self.assertEqual(server.request("GET", self.PATH + "/other").status, 404)

    def test_refusals_lead_there(self):
        server = self.serve()
        where = 'resource_metadata="https://hub.example' + self.PATH + '/mcp"'
        self.assertIn(where, self.refused(server, None))
        self.assertIn(where, self.refused(server, "x.y.z"))
        refused = server.modern_call("write", {"key": "k", "value": "v"},
                                     bearer=self.issuer.token(self.key))
        self.assertEqual(refused.status, 403)
        self.assertIn(where, refused.headers["WWW-Authenticate"])

    def test_a_token_for_this_resource_is_accepted(self):
        server = self.serve()
        self.assertEqual(server.modern("tools/list", bearer=self.issuer.token(self.key)).status, 200)
        self.refused(server, self.issuer.token(self.key, aud="https://hub.example"))

    def test_a_path_before_the_resource_is_part_of_its_name(self):
        server = self.serve(MCP_REMOTE_BASE_URL="https://hub.example/tools")
        told = server.request("GET", self.PATH + "/tools/mcp")
        self.assertEqual(told.json()["resource"], "https://hub.example/tools/mcp")

    def test_without_it_nothing_is_told(self):
        for environment in ({}, super().settings()):
            server = self.start(environment=environment)
            self.assertEqual(server.request("GET", self.PATH).status, 404)
