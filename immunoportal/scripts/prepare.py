"""Writes `.env` for a demonstration on this machine, unless settings are given already.

Runs before anything is known to work, so it uses the standard library only.
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path

OLDEST = (3, 12)
ENV = """\
# Written by `make run` for a demonstration on this machine. Every setting is explained in .env.example.
PROFILE=demonstration
SECRET_KEY={key}
DEMONSTRATION=true
"""


def configured(root, environ):
    """A production site, and one that gets its key from the environment, must not pick up demonstration values."""
    return (root / ".env").exists() or environ.get("PROFILE") == "production" or bool(environ.get("SECRET_KEY"))


def write_env(path):
    """mkstemp makes the file readable by its owner only; the name appears when the text is complete."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".env.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(ENV.format(key=secrets.token_urlsafe(48)))
    os.replace(temporary, path)


def main(root, environ=os.environ, version=sys.version_info):
    """Returns a sentence about what is wrong, or None."""
    if version[:2] < OLDEST:
        return "Python {}.{} or newer is needed; this is {}.{}.".format(*OLDEST, *version[:2])
    if configured(root, environ):
        return None
    try:
        write_env(root / ".env")
    except OSError as error:
        return f"The settings cannot be written to {root / '.env'}: {error.strerror}."
    print("Wrote .env with a new random key")
    return None


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent.parent))
