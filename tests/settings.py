"""The settings of the tests: those of the site, given here in full so that a `.env` beside them changes nothing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="immunoportal-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in ("media", "static"):
    (_folder / _name).mkdir()

os.environ.update(
    PROFILE="demonstration",
    DEMONSTRATION="false",
    SECRET_KEY="a key for the tests, which keeps nothing secret and is long enough",
    SECRET_KEY_FALLBACKS="",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver",
    BEHIND_HTTPS_PROXY="false",
    CACHE_URL="locmemcache://",
    MEDIA_ROOT=str(_folder / "media"),
    STATIC_ROOT=str(_folder / "static"),
    TIME_ZONE="UTC",
    HOST="127.0.0.1",
    PORT="8000",
    WORKERS="1",
    MAIL_HOST="",
    CROSSREF_MAILTO="",
    PROXIES="0",
    SEARCH_COUNTING_SECONDS="0",
    COMMENT_PROOF_OF_WORK="0",
    COMMENT_REJECTED_DAYS="180",
    COMMENT_MODERATORS="",
)
# The one choice from outside: `tests.postgres` sets it.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from immunoportal.settings import *  # noqa: E402, F403
from immunoportal.settings import STORAGES  # noqa: E402

# Without collecting: names without hashes, found where the files lie.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# Every log-in would otherwise cost half a second.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
