"""Tasks for the content of a page: something on it is to be put right. The edition that does so says whose report it
follows.
"""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from publishing.editions import Edition
from publishing.events import Event, name_of, record
from publishing.pages import Page

LONGEST_TASK = 1_000


class ContentTaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def fixed(self):
        return self.filter(fixed_in__isnull=False)


class ContentTask(models.Model):
    page = models.ForeignKey(Page, verbose_name=_("page"), related_name="content_tasks", on_delete=models.CASCADE)
    # What was public when it was noticed, and where on it.
    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    section = models.CharField(_("section"), max_length=100, blank=True)
    text = models.TextField(_("what to put right"), max_length=LONGEST_TASK)
    is_from_reader = models.BooleanField(_("from a reader"), default=False)
    opened_by = models.CharField(_("opened by"), max_length=200)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    # The edition that put it right; the page's history cites the report there.
    fixed_in = models.ForeignKey(
        Edition, verbose_name=_("put right in"), null=True, related_name="fixed_tasks", on_delete=models.PROTECT
    )

    objects = ContentTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task for a page")
        verbose_name_plural = _("tasks for pages")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="") | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="publishing_closed_content_task_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(fixed_in__isnull=True) | Q(closed_at__isnull=False),
                name="publishing_fixed_content_task_is_closed",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="publishing_content_task_says_what"),
        ]

    def __str__(self):
        return f"{self.page}: {Truncator(self.text).chars(80)}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @classmethod
    def open_task(cls, page: Page, *, text: str, by, section: str = "", edition=None, from_reader=False):
        with transaction.atomic():
            task = cls.objects.create(
                page_id=page.pk,
                edition=edition or page.live,
                section=section,
                text=text,
                is_from_reader=from_reader,
                opened_by=name_of(by),
            )
            record(Event.Action.TASK_OPENED, page, by=by, reason=text, content_task=task.pk)
        return task

    def close(self, *, by, remark: str) -> None:
        """Nothing had to be changed, or it was dealt with elsewhere."""
        self._close(by=by, remark=remark)

    def fix(self, edition: Edition, *, by) -> None:
        """This edition puts it right. Inside the door's transaction."""
        self._close(by=by, edition=edition)

    def _close(self, *, by, remark: str = "", edition: Edition | None = None) -> None:
        with transaction.atomic():
            now = timezone.now()
            values = {"closed_at": now, "closed_by": name_of(by), "remark": remark, "fixed_in": edition}
            # Somebody may have closed it this moment: then it stays as that person left it.
            if ContentTask.objects.open().filter(pk=self.pk).update(**values):
                about = {"edition": edition.digest} if edition else {}
                record(Event.Action.TASK_CLOSED, self.page, by=by, reason=remark, content_task=self.pk, **about)
        self.refresh_from_db()
