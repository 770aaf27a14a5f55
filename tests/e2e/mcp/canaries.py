"""Secrets that are planted in the settings of every server that the tests start, in each form in which
they could get out."""

import base64
import urllib.parse

TOKEN = "dckr_pat_canary/Q7+zVx93nLw0TzR2kM5p"
STATE_KEY = "canary state key: 8f1c+0e55/77=42"

ENVIRONMENT = {"DOCKER_HUB_USER": "canary-user", "DOCKER_HUB_TOKEN": TOKEN,
               "DOCKERHUB_STATE_KEY": STATE_KEY}


def forms_of(secret):
    yield secret
    yield urllib.parse.quote(secret, safe="")
    yield urllib.parse.quote_plus(secret)
    # Within longer text the secret may begin at each of three places of a group of base64.
    for shift in range(3):
        encoded = base64.b64encode(b"x" * shift + secret.encode()).decode().rstrip("=")
        begin = 4 if shift else 0
        core = encoded[begin:-4]
        yield core
        yield core.replace("+", "-").replace("/", "_")


def whole_forms_of(secret):
    """The forms that a text holds as a whole, by what they are."""
    encoded = base64.b64encode(secret.encode()).decode()
    return {"raw": secret, "percent": urllib.parse.quote(secret, safe=""),
            "form": urllib.parse.quote_plus(secret), "base64": encoded,
            "base64url": encoded.replace("+", "-").replace("/", "_").rstrip("=")}


FORMS = sorted({form for secret in (TOKEN, STATE_KEY) for form in forms_of(secret)})
