"""Freshness: one number that rises with every public change, and the time at which the next change is due."""

from django.db import models, transaction
from django.db.models import F, Q


class Stamp(models.Model):
    """A single row. Whoever changes what readers see raises it in the same transaction."""

    counter = models.PositiveBigIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="publishing_stamp_is_one_row")]

    def __str__(self):
        return str(self.counter)

    @classmethod
    def current(cls) -> "Stamp":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def lock(cls) -> "Stamp":
        """The row, locked until the commit: doors pass one at a time."""
        return cls.objects.select_for_update().get_or_create(pk=1)[0]

    @classmethod
    def raise_counter(cls) -> None:
        if not cls.objects.filter(pk=1).update(counter=F("counter") + 1):
            cls.objects.create(pk=1, counter=1)

    @classmethod
    def note_due(cls, moment) -> None:
        """Something public changes by itself at this moment: whatever is due first counts."""
        cls.objects.filter(Q(next_due_at=None) | Q(next_due_at__gt=moment), pk=1).update(next_due_at=moment)


class PublicModel(models.Model):
    """Something readers see as it stands, without editions: saving or deleting it raises the stamp."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            Stamp.raise_counter()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            Stamp.raise_counter()
        return deleted
