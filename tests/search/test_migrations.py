"""What the migrations of the search do on a site that has pages already."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from search import index
from search.documents import IndexState
from search.index import pages_with
from search.queries import Token
from tests.builders import make_article, published

pytestmark = pytest.mark.django_db

words = import_module("search.migrations.0002_words")
editor = SimpleNamespace(connection=connection)


def migrated() -> IndexState:
    """The state of the index once the site has been brought to this version."""
    IndexState.objects.all().delete()
    index.drop(connection)
    words.create_index(apps, editor)
    words.note_what_is_missing(apps, editor)
    return IndexState.objects.get()


def test_site_without_public_pages_has_a_complete_index():
    make_article()
    assert migrated().is_complete


def test_site_with_public_pages_has_to_derive_its_index():
    page = published(make_article(title="Zebra"))
    assert not migrated().is_complete
    assert pages_with(Token("zebra"), limit=9) == []
    call_command("rederive", "--afresh", verbosity=0)
    assert IndexState.objects.get().is_complete
    assert pages_with(Token("zebra"), limit=9) == [page.search_document.pk]


def test_state_that_is_known_stays_as_it_is():
    published(make_article())
    before = IndexState.objects.values().get()
    words.note_what_is_missing(apps, editor)
    assert IndexState.objects.values().get() == before


def test_index_is_dropped_and_created_again():
    words.drop_index(apps, editor)
    assert index.TABLE not in connection.introspection.table_names()
    words.create_index(apps, editor)
    assert index.TABLE in connection.introspection.table_names()
    assert pages_with(Token("zebra"), limit=9) == []
