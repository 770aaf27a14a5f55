"""The registry of a sandbox with the attributes that docker_registry.DockerRegistry has, so that the same
tests run against both: open, with Basic authentication, with blob reads that are redirected."""

from sandbox_process import Sandbox


class SandboxRegistry:
    """An open registry that, like distribution 2.8.2, has no referrers API and deletes what is tagged."""

    repository = "sandbox/app"
    credentials = None
    settings = {"authentication": "none", "redirect_blobs": False}

    def __init__(self):
        self.sandbox = Sandbox()
        self.sandbox.set(referrers=False, delete_referenced=True, anonymous_pull_limit=0,
                         signed_in_pull_limit=0, **self.settings)
        self.url = self.sandbox.urls["registry"]
        self.host = self.url.removeprefix("http://")

    def sent(self, method):
        """Paths of the requests with that method so far."""
        return [entry["path"] for entry in self.sandbox.journal("registry")
                if entry["method"] == method]

    def stop(self):
        self.sandbox.stop()


class SandboxBasicRegistry(SandboxRegistry):
    credentials = "sandbox:sandbox-password"
    settings = {"authentication": "basic", "redirect_blobs": False}

    def __init__(self):
        super().__init__()
        self.sandbox.set(anonymous_pull=False)


class SandboxRedirectRegistry(SandboxRegistry):
    """`requests` are those that came to the storage: (method, path, headers)."""

    settings = {"authentication": "none", "redirect_blobs": True}

    @property
    def requests(self):
        return [(entry["method"], entry["path"], dict(entry["headers"]))
                for entry in self.sandbox.journal("cdn")]
