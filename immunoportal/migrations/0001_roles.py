"""The five roles as groups. One row for each right: who has it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = {"a": "Author", "e": "Editor", "r": "Medical reviewer", "m": "Moderator", "x": "Administrator"}
ROOMS = ("publishing", "therapies", "articles")
PAGES = ("publishing.page", "therapies.condition", "therapies.therapy", "articles.article")
ROWS = ("therapies.indication", "therapies.caution", "therapies.code")

# What: models, rights, and the roles that hold them.
TABLE = (
    (PAGES, "view", "aermx"),
    (PAGES, "add change", "aex"),
    # Only drafts that were never public can be deleted at all.
    (PAGES, "delete", "ex"),
    (("publishing.page",), "import", "aex"),
    (("publishing.page",), "publish schedule withdraw", "ex"),
    (ROWS, "view", "aermx"),
    (ROWS, "add change delete", "aex"),
    (("publishing.reference", "publishing.image", "publishing.tag"), "view", "aerx"),
    (("publishing.reference", "publishing.image", "publishing.tag"), "add", "aex"),
    (("publishing.reference", "publishing.image", "publishing.tag"), "change delete", "ex"),
    (("publishing.person", "articles.category"), "view", "aerx"),
    (("publishing.person", "articles.category"), "add change delete", "ex"),
    (("publishing.edition", "publishing.pastaddress"), "view", "aerx"),
    (("publishing.event",), "view", "rx"),
    (("auth.user", "auth.group"), "view add change delete", "x"),
)


def rights_of(letter):
    return {
        (label, f"{right}_{label.split('.')[1]}")
        for labels, rights, holders in TABLE
        for label in labels
        for right in rights.split()
        if letter in holders
    }


def make_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    # Django makes permissions after all migrations, which is too late for the groups.
    for room in ("auth", *ROOMS):
        create_permissions(installed.get_app_config(room), verbosity=0, using=using)
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for letter, name in ROLES.items():
        group, _created = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(known[label.split(".")[0], codename] for label, codename in rights_of(letter)))


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES.values()).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0001_initial"),
        ("articles", "0001_initial"),
        ("therapies", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_roles, remove_roles)]
