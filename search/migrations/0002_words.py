"""The index of words; and, on a site that has public pages already, the note that they have yet to be entered."""

from django.db import migrations

from search import index
from search.entries import VERSION


def create_index(apps, schema_editor):
    index.create(schema_editor.connection)


def drop_index(apps, schema_editor):
    index.drop(schema_editor.connection)


def note_what_is_missing(apps, schema_editor):
    using = schema_editor.connection.alias
    pages = apps.get_model("publishing", "Page").objects.using(using)
    states = apps.get_model("search", "IndexState").objects.using(using)
    is_complete = not pages.filter(live__isnull=False).exists()
    states.get_or_create(pk=1, defaults={"version": VERSION, "is_complete": is_complete})


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunPython(create_index, drop_index),
        migrations.RunPython(note_what_is_missing, migrations.RunPython.noop),
    ]
