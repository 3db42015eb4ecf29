"""The index of words; and, on a site that has editions already, the note that it has yet to be filled."""

from django.db import migrations

from crosslinks import index


def create_index(apps, schema_editor):
    index.create(schema_editor.connection)


def drop_index(apps, schema_editor):
    index.drop(schema_editor.connection)


def note_what_is_missing(apps, schema_editor):
    using = schema_editor.connection.alias
    editions = apps.get_model("publishing", "Edition").objects.using(using)
    states = apps.get_model("crosslinks", "VocabularyState").objects.using(using)
    states.get_or_create(pk=1, defaults={"is_index_complete": not editions.exists()})


class Migration(migrations.Migration):
    dependencies = [("crosslinks", "0001_initial"), ("publishing", "0002_rebuild")]
    operations = [
        migrations.RunPython(create_index, drop_index),
        migrations.RunPython(note_what_is_missing, migrations.RunPython.noop),
    ]
