"""Who may merge tags, and undo that."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHT = "merge_tag"
HOLDERS = ("Editor", "Administrator")


def give_right(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("publishing"), verbosity=0, using=using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    right = permissions.get(content_type__app_label="publishing", codename=RIGHT)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=HOLDERS):
        group.permissions.add(right)


def take_right(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using):
        held = group.permissions.filter(content_type__app_label="publishing", codename=RIGHT)
        group.permissions.remove(*held)


class Migration(migrations.Migration):
    dependencies = [("immunoportal", "0004_comment_roles"), ("publishing", "0006_tag_keys")]
    operations = [migrations.RunPython(give_right, take_right)]
