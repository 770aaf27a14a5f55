"""What the suites of registries share: the command line with credentials for one registry."""

import base64
import json

from dockerhub_process import ProgramTest


class RegistryTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.environment = {"DOCKER_CONFIG": str(self.home.work)}

    def log_in(self, authority, credentials):
        """Credentials ("user:password") for that registry alone, as docker login keeps them."""
        encoded = base64.b64encode(credentials.encode()).decode()
        self.home.write("config.json", json.dumps({"auths": {authority: {"auth": encoded}}}))

    def run_action(self, *arguments, options=(), **environment):
        return self.run_program(
            "-o", "json", *options, "hub_registry", *arguments,
            environment={**self.environment, **environment},
        )

    def envelope(self, *arguments, **options):
        done = self.run_action(*arguments, **options)
        self.assertEqual(done.code, 0, done)
        return json.loads(done.out)

    def data(self, *arguments, **options):
        return self.envelope(*arguments, **options)["data"]

    def error(self, code, *arguments, **options):
        done = self.run_action(*arguments, **options)
        self.assertEqual(done.code, code, done)
        return json.loads(done.err)["error"]
