"""The set-up: runs before anything is installed, so it stands on the standard library alone."""

import platform
import sys

if tuple(int(part) for part in platform.python_version_tuple()[:2]) < (3, 11):
    sys.exit(
        f"Python 3.11 or newer is needed, and this is {platform.python_version()}.\n"
        "If a newer one is installed, name it: make run PYTHON=python3.12"
    )
