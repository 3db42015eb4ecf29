"""System checks: a kind of page that is not complete is named at start, with what it lacks."""

import sqlite3

from django.conf import settings
from django.contrib import admin
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import connections
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from publishing.kinds import page_models
from publishing.pages import Page


@checks.register()
def check_kinds(app_configs, **kwargs):
    return [error for model in page_models() for error in _check_kind(model)]


def _check_kind(model: type[Page]) -> list[checks.Error]:
    label, kind = model._meta.label, model.kind_name()
    template = f"{model._meta.app_label}/{kind}_detail.html"
    found = []
    for section in model.sections:
        try:
            model._meta.get_field(section.field)
        except FieldDoesNotExist:
            found.append(
                checks.Error(f"{label} has a section {section.field!r} and no such field.", id="publishing.E010")
            )
    for name, arguments in ((model.detail_url, ["x"]), (model.list_url, [])):
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            found.append(checks.Error(f"{label} has no address {name!r}.", id="publishing.E011"))
    try:
        get_template(template)
    except TemplateDoesNotExist:
        found.append(checks.Error(f"{label} has no template {template!r}.", id="publishing.E012"))
    if not admin.site.is_registered(model):
        found.append(checks.Error(f"{label} is not in the admin.", id="publishing.E013"))
    return found


@checks.register(checks.Tags.database)
def check_sqlite_journal(app_configs, databases, **kwargs):
    """A write-ahead log of SQLite before 3.51.3 can be corrupted when it is reset while others write."""
    found = []
    for using in databases or []:
        connection = connections[using]
        if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < (3, 51, 3):
            with connection.cursor() as cursor:
                journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            if journal == "wal":
                name = settings.DATABASES[using]["NAME"]
                message = f"SQLite {sqlite3.sqlite_version} with a write-ahead log can corrupt {name}."
                found.append(
                    checks.Error(message, hint="Use journal_mode=TRUNCATE or SQLite 3.51.3.", id="publishing.E002")
                )
    return found
