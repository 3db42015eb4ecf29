"""Who may review: editors send on, medical reviewers sign off, administrators publish in an emergency."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

# Right: the roles that hold it.
RIGHTS = {
    "send_on_page": ("Editor", "Administrator"),
    "sign_off_page": ("Medical reviewer",),
    "override_page": ("Administrator",),
    **dict.fromkeys(
        ("view_signoff", "view_reviewcomment", "view_notice", "view_referencetask"),
        ("Author", "Editor", "Medical reviewer", "Administrator"),
    ),
    **dict.fromkeys(("add_notice", "change_notice"), ("Editor", "Medical reviewer", "Administrator")),
    "change_referencetask": ("Author", "Editor", "Administrator"),
    "view_flaggedwork": ("Editor", "Medical reviewer", "Administrator"),
    **dict.fromkeys(("add_flaggedwork", "change_flaggedwork", "delete_flaggedwork"), ("Editor", "Administrator")),
    **dict.fromkeys(("view_redaction", "add_redaction"), ("Administrator",)),
}


def give_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("publishing"), verbosity=0, using=using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label="publishing")
    for codename, holders in RIGHTS.items():
        for group in groups.filter(name__in=holders):
            group.permissions.add(permissions.get(codename=codename))


def take_rights(apps, schema_editor):
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="publishing", codename__in=RIGHTS))


class Migration(migrations.Migration):
    dependencies = [("immunoportal", "0002_crosslink_roles"), ("publishing", "0003_review")]
    operations = [migrations.RunPython(give_rights, take_rights)]
