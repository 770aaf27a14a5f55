"""Tells a test's own home which manifests of the installed modules keep all rules, as the first program there would
find out: a test would else spend most of its time on that. Other manifests are checked in each home, as ever."""

import os
import pathlib
import shutil

# What the test install.known_manifests leaves behind; absent where the tests are run without ctest.
KNOWN = pathlib.Path(os.environ.get("DOCKERHUB_BUILD_DIR", "/nonexistent")) / "test-cache" / "dockerhub" / "known-manifests"


def share(cache):
    """cache: the folder that XDG_CACHE_HOME names, or stands for it."""
    if KNOWN.exists():
        folder = cache / "dockerhub"
        folder.mkdir(mode=0o700, parents=True)
        shutil.copy(KNOWN, folder)
