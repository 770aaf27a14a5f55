"""The actions' examples name things that nobody's account has: what stands for them in the sandbox."""

import re

REGISTRY = "registry.example.com:5000"

REPLACED = (
    (r"\bacme\b", "sandbox-org"),
    (r"\bada\b(?!@)", "sandbox-member"),
    (r"\bgrace\b(?!@)", "sandbox-editor"),
    (r"\bdev\b", "developers"),
    (r"\bteam/(?=app\b|base\b)", "sandbox/"),
    (r"(?<=/)base/alpine\b", "sandbox/app"),
    ("b30bbf97-506c-4ecd-aabc-842f3cb484fb", "00000000-0000-4000-8001-000000000002"),
    ("a7a5ef25-8889-43a0-8cc7-f2a94268e861", "00000000-0000-4000-8002-000000000002"),
    ("e36eca69-4cc8-4f17-9845-ae8c2b832691", "00000000-0000-4000-8004-000000000001"),
    ("d80f7c79-7730-49d8-9a41-7c42fb622d9c", "00000000-0000-4000-8000-000000000001"),
)


def in_sandbox(text, registry, own=None):
    """The text with the names of the sandbox. own: further texts, and what stands for them."""
    for found, other in {REGISTRY: registry, **(own or {})}.items():
        text = text.replace(found, other)
    for pattern, other in REPLACED:
        text = re.sub(pattern, other, text)
    return text
