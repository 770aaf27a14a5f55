"""Named pipes that a module opens and reads to its end: the test knows when it does, and says when it ends."""

import errno
import os

from http_process import wait_until


def writer(path):
    """The writing end, as soon as somebody reads."""
    ends = []

    def is_read():
        try:
            ends.append(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
        except OSError as problem:
            if problem.errno != errno.ENXIO:
                raise
        return bool(ends)

    wait_until(is_read)
    return os.fdopen(ends[0], "wb")
