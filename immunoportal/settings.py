"""All settings, in one file. Whatever differs between two sites comes from the environment or from `.env`.

Every name read here stands in `.env.example` with its meaning. A missing or impossible value stops the start with a
sentence that says what to write (`require`), and nothing falls back to an insecure default: without a profile the site
runs as in production.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


def require(name: str, hint: str) -> str:
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint} Every setting is explained in .env.example.")
    return value


def number(name: str, default: int, highest: int, lowest: int = 1) -> int:
    value = env.str(name, default=str(default)).strip()
    if not value.isdecimal() or not lowest <= int(value) <= highest:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a number from {lowest} to {highest}.")
    return int(value)


# Profile

PROFILES = ("production", "demonstration", "development")
PROFILE = env.str("PROFILE", default="production")
if PROFILE not in PROFILES:
    raise ImproperlyConfigured(f"PROFILE is {PROFILE!r}; write one of {', '.join(PROFILES)}.")
PRODUCTION = PROFILE == "production"
DEBUG = PROFILE == "development"
# The site as a whole shows demonstration content: every public page says so.
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)

SECRET_KEY = require("SECRET_KEY", "Write a random text of at least 50 characters; `make run` makes one.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Where `make run` listens, and with how many processes.
HOST = env.str("HOST", default="127.0.0.1")
PORT = number("PORT", default=8000, highest=65_535)
WORKERS = number("WORKERS", default=1, highest=64)
# On one's own machine the address follows the port, so that `PORT=8123 make run` needs no other setting.
_LOCAL_URL = f"http://{'127.0.0.1' if HOST == '0.0.0.0' else HOST}:{PORT}"  # noqa: S104
if PRODUCTION or env.str("SITE_URL", default=""):
    SITE_URL = require("SITE_URL", "Write the address readers use, for example https://portal.example.org.").rstrip("/")
else:
    SITE_URL = _LOCAL_URL
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).netloc:
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}; write an address such as https://portal.example.org.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [urlsplit(SITE_URL).hostname]
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Applications

INSTALLED_APPS = [
    "immunoportal.apps.ImmunoPortalConfig",
    "search",
    "therapies",
    "articles",
    "crosslinks",
    "comments",
    "publishing",
    "django_prose_editor",
    "taggit",
    "immunoportal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

# The registry of page kinds: search, sitemap, addresses, A to Z and tests follow from this one tuple.
PAGE_KINDS = ("therapies.Condition", "therapies.Therapy", "articles.Article")
# What facts can give again (`publishing.derivations`): run inside the door's transaction, and by `manage.py rederive`.
DERIVATIONS = ("crosslinks.mentions.Mentions", "search.indexing.SearchIndex")
# What is deleted when its time is over, by `manage.py prune`.
PRUNING = ("comments.retention.prune", "search.counts.prune")
# What other rooms add to a page when it is shown (`publishing.companions`).
COMPANIONS = {"crosslinks": "crosslinks.showing.Crosslinks", "comments": "comments.showing.Comments"}
# At most so many automatic links in any 100 words.
CROSSLINK_DENSITY = number("CROSSLINK_DENSITY", default=4, highest=100)

# The publishing checks (`publishing.checks`), in the order of the list on the form.
PUBLISHING_CHECKS = ("publishing.checks.CHECKS", "therapies.checks.CHECKS")
# Lists of pages that wait for something (`publishing.admin.worklists`), in the order of the dashboard.
WORK_LISTS = ("publishing.admin.worklists.WORK_LISTS", "comments.admin.worklists.WORK_LISTS")
# Which pages a page mentions, so that a notice can reach it: the room of the links says.
MENTIONED_PAGES = "crosslinks.mentions.mentioned_pages"
# What conditions and therapies are called: no correction of spelling may touch such a word.
NAMES_OF_THE_SITE = "crosslinks.names.texts_of_names"
# A review is to be done within so many days; whoever takes one and does not finish it loses it after so many.
REVIEW_DUE_DAYS = number("REVIEW_DUE_DAYS", default=14, highest=365)
REVIEW_CLAIM_DAYS = number("REVIEW_CLAIM_DAYS", default=7, highest=365)
# Who is responsible for the site, and how readers reach them: on every page of health information.
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="ImmunoPortal")
PUBLISHER_CONTACT = env.str("PUBLISHER_CONTACT", default="")
# Whom Crossref writes to if `manage.py check_references --registers` troubles it; without it Crossref is never asked.
CROSSREF_MAILTO = env.str("CROSSREF_MAILTO", default="")

# What readers look for is counted in memory and written after so many seconds; 0 counts without ever writing by itself.
SEARCH_COUNTING_SECONDS = number("SEARCH_COUNTING_SECONDS", default=20, highest=3600, lowest=0)

# Comments of readers (`comments`)

# Under pages of these kinds a reader's experience has fields: how it was given, practical tips, unwanted effects.
COMMENT_EXPERIENCE_KINDS = ("therapy",)
# How many proxies of yours a request passes: the address of a visitor is counted from the right of X-Forwarded-For.
PROXIES = number("PROXIES", default=0, highest=10, lowest=0)
# So many bits of work a browser must do before a comment; 0 asks for none. What comes without is held, not refused.
COMMENT_PROOF_OF_WORK = number("COMMENT_PROOF_OF_WORK", default=0, highest=24, lowest=0)
# Who moderates, for the page with the rules: in which role, paid or as volunteers, and whether they are clinicians.
COMMENT_MODERATORS = env.str("COMMENT_MODERATORS", default="").strip() or (
    "Moderators act for the publisher of this site. They give no medical advice."
)
# Comments that were rejected, or are spam, are deleted after so many days.
COMMENT_REJECTED_DAYS = number("COMMENT_REJECTED_DAYS", default=180, highest=3650)

# Mail: to the staff, by `manage.py remind_reviews`; to readers, by `manage.py send_mails`. Outside production it is
# printed unless a server is named.

MAIL_HOST = env.str("MAIL_HOST", default="")
MAIL_SECURITY = env.str("MAIL_SECURITY", default="starttls")
if MAIL_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured(f"MAIL_SECURITY is {MAIL_SECURITY!r}; write starttls, tls or none.")
_smtp_options = {
    "host": MAIL_HOST,
    "port": number("MAIL_PORT", default=587, highest=65_535),
    "username": env.str("MAIL_USER", default=""),
    "password": env.str("MAIL_PASSWORD", default=""),
    "use_tls": MAIL_SECURITY == "starttls",
    "use_ssl": MAIL_SECURITY == "tls",
    # A reminder is recorded in the transaction that sends it, so a server must not keep others waiting for long.
    "timeout": 10,
}
if MAIL_HOST or PRODUCTION:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _smtp_options}}
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or f"immunoportal@{urlsplit(SITE_URL).hostname}"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "publishing.due.DueMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "search.misses.ClickMiddleware",
]

ROOT_URLCONF = "immunoportal.urls"
WSGI_APPLICATION = "immunoportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "immunoportal.context.site",
            ],
        },
    },
]

# Database and cache

_sqlite_url = f"sqlite:///{quote(str(BASE_DIR / 'var' / 'immunoportal.sqlite3'))}"
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or _sqlite_url)}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # Before 3.51.3 a write-ahead log can be corrupted when it is reset under several processes.
    _journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={_journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Media are handed out by publishing.views.image_file, which knows what is public.
MEDIA_URL = "/media/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000

# Security

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
# Probes ask the process itself, without the proxy that ends HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
# Set only when a proxy of yours removes this header from what visitors send.
if env.bool("BEHIND_HTTPS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SILENCED_SYSTEM_CHECKS: list[str] = []

TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # The path of a request that failed may hold a private link.
    "filters": {"without_tokens": {"()": "comments.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
