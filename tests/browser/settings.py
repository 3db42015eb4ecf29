"""The settings of the site; only what costs time and shows nowhere in a browser is left out."""

from immunoportal.settings import *  # noqa: F403
from immunoportal.settings import STORAGES

# Names with hashes, but nothing compressed.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
