"""PostgreSQL counts a word where it stands, without new entries in the indexes, if there is room beside it."""

from django.db import migrations, models


def leave_room(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_word SET (fillfactor = 50)")


def leave_none(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_word RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [
        migrations.AlterField("word", "stem", models.CharField(max_length=140)),
        migrations.AddIndex("word", models.Index(fields=["stem"], name="search_word_stem")),
        migrations.RunPython(leave_room, leave_none),
    ]
