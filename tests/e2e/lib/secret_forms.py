"""What a secret looks like where it gets out, by what each form is."""

import base64
import json
import urllib.parse


def whole_forms(secret):
    """As a text holds it as a whole: name to text."""
    encoded = base64.b64encode(secret.encode()).decode()
    return {
        "raw": secret,
        "percent": urllib.parse.quote(secret, safe=""),
        "form": urllib.parse.quote_plus(secret),
        "base64": encoded,
        "base64url": in_urls(encoded),
    }


def within_base64(secret):
    """What is always the same of a longer text in base64 that holds it: it begins at one of the three places of a
    group there, and neither its first nor its last group is all its own."""
    for before in range(3):
        encoded = base64.b64encode(b"x" * before + secret.encode()).decode().rstrip("=")
        inner = encoded[4 if before else 0:-4]
        yield inner
        yield in_urls(inner)


def all_forms(secret):
    """As a set: what to look for where it must not be."""
    escaped = json.dumps(secret)[1:-1]
    return {
        *(text.rstrip("=") for text in whole_forms(secret).values()),
        *within_base64(secret), urllib.parse.quote(secret), escaped, escaped.replace("/", "\\/"),
    }


def in_urls(encoded):
    """Of base64: the same with the letters of RFC 4648, section 5, and unpadded."""
    return encoded.translate(str.maketrans("+/", "-_")).rstrip("=")
