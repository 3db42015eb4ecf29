"""Where deriving everything again has got to, so that it can be stopped and continued."""

from uuid import uuid4

from django.db import models


class Rebuild(models.Model):
    """A single row while `manage.py rederive` has not come to its end."""

    # Whoever finds another run here than its own has been overtaken, and stops.
    run = models.UUIDField(default=uuid4)
    last_page = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="publishing_rebuild_is_one_row")]

    def __str__(self):
        return str(self.last_page)
