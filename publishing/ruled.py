"""Models that declare rules which the database itself keeps (`publishing.triggers`)."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Rule:
    """What must not be written: `event` on the table of `model`, where the SQL condition holds."""

    name: str
    model: type[models.Model]
    event: str
    message: str
    condition: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table


class Ruled(models.Model):
    class Meta:
        abstract = True

    @classmethod
    def rules(cls) -> list[Rule]:
        raise NotImplementedError
