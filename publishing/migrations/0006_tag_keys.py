"""The form under which spellings of a tag are one has become wider. Tags that are one by now are merged."""

from django.db import migrations

from publishing.tags import folded


def fold_again(apps, schema_editor):
    using = schema_editor.connection.alias
    tags = apps.get_model("publishing", "Tag").objects.using(using)
    alike = {}
    for tag in tags.order_by("pk"):
        alike.setdefault(folded(tag.name), []).append(tag)
    alike.pop("", None)
    for key, found in alike.items():
        # The one that has the key already, otherwise the oldest; the others keep keys that no name folds to any more.
        kept = next((tag for tag in found if tag.key == key), found[0])
        tags.filter(pk=kept.pk).update(key=key)
        for tag in found:
            if tag != kept:
                merge(apps, using, tag, kept)


def merge(apps, using, tag, into):
    """As `publishing.tag_merges` does it, where no tag was merged before."""
    ties = apps.get_model("publishing", "TaggedPage").objects.using(using)
    before = apps.get_model("publishing", "TaggedBefore").objects.using(using)
    for tie in ties.filter(tag=tag):
        kept = ties.filter(tag=into, content_object=tie.content_object_id).first()
        if kept:
            tie.delete()
        else:
            kept = tie
            ties.filter(pk=tie.pk).update(tag=into, is_own=False)
        before.create(tagged=kept, tag=tag)
    apps.get_model("publishing", "Tag").objects.using(using).filter(pk=tag.pk).update(merged_into=into, leads_to=into)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_tag_merges")]
    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
