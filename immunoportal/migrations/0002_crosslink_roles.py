"""Who may see and change the vocabulary."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWERS = ("Author", "Editor", "Medical reviewer", "Moderator", "Administrator")
EDITORS = ("Editor", "Administrator")
MODELS = ("name", "block")


def give_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("crosslinks"), verbosity=0, using=using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label="crosslinks")
    for right, holders in {"view": VIEWERS, **dict.fromkeys(("add", "change", "delete"), EDITORS)}.items():
        codenames = [f"{right}_{model}" for model in MODELS]
        for group in groups.filter(name__in=holders):
            group.permissions.add(*permissions.filter(codename__in=codenames))


def take_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="crosslinks"))


class Migration(migrations.Migration):
    dependencies = [("immunoportal", "0001_roles"), ("crosslinks", "0001_initial")]
    operations = [migrations.RunPython(give_rights, take_rights)]
