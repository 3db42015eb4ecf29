"""Who may moderate comments, and who sees what readers say of pages."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYBODY = ("Author", "Editor", "Medical reviewer", "Moderator", "Administrator")
WRITERS = ("Author", "Editor", "Medical reviewer", "Administrator")
MODERATORS = ("Moderator", "Administrator")
# Room: right: the roles that hold it.
RIGHTS = {
    "comments": {
        **dict.fromkeys(
            (
                "moderate_comment",
                "reply_officially",
                "view_comment",
                "view_decision",
                "view_block",
                "add_block",
                "change_block",
                "view_preparedreply",
                "add_preparedreply",
                "change_preparedreply",
                "delete_preparedreply",
                "view_spamfilter",
            ),
            MODERATORS,
        ),
        **dict.fromkeys(("view_opening", "add_opening", "change_opening", "delete_opening"), MODERATORS),
        "view_clinician": MODERATORS,
        # Whose identity counts as verified is for those to say who manage accounts.
        **dict.fromkeys(("add_clinician", "change_clinician", "delete_clinician"), ("Administrator",)),
        "view_feedback": EVERYBODY,
        "change_feedback": ("Editor", "Moderator", "Administrator"),
        # The words of a remark; the answer itself stays.
        "delete_feedback": ("Administrator",),
    },
    "publishing": {
        "view_contenttask": EVERYBODY,
        "change_contenttask": ("Author", "Editor", "Administrator"),
    },
}


def give_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    for room, rights in RIGHTS.items():
        create_permissions(installed.get_app_config(room), verbosity=0, using=using)
        permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label=room)
        for codename, holders in rights.items():
            for group in groups.filter(name__in=holders):
                group.permissions.add(permissions.get(codename=codename))


def take_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using):
        for room, rights in RIGHTS.items():
            taken = group.permissions.filter(content_type__app_label=room, codename__in=rights)
            group.permissions.remove(*taken)


class Migration(migrations.Migration):
    dependencies = [
        ("immunoportal", "0003_review_roles"),
        ("publishing", "0004_content_tasks"),
        ("comments", "0001_initial"),
    ]
    operations = [migrations.RunPython(give_rights, take_rights)]
