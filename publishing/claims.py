"""Claims: what a page may say of its review. It says “reviewed” only of what it shows."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.timezone import localdate

from publishing.editions import Edition
from publishing.rows import ShownRow
from publishing.signoffs import SignOff


@dataclass(frozen=True)
class Claim:
    """The review of an edition as it is shown: with these rows, beside these companions.

    Each row is covered by the sign-off of the page that published it, so that the same row may stand on two pages.
    Names act at once, before a reviewer sees them: while they differ from those signed, the page claims nothing.
    """

    edition: Edition
    rows: tuple[ShownRow, ...] = ()
    companions_agree: bool = True
    # A row that the sign-off covered was taken away without one.
    rows_left: bool = False

    @property
    def is_needed(self) -> bool:
        return self.edition.snapshot.get("is_medical", True)

    @property
    def sign_off(self) -> SignOff | None:
        return self.edition.sign_off

    @property
    def is_reviewed(self) -> bool:
        return self.why_not == ""

    @cached_property
    def why_not(self) -> str:
        """A short code, empty for a page that may say that it is reviewed."""
        if self.edition.override_reason:
            return "emergency"
        if self.sign_off is None or not self._fits:
            return "never"
        if not self.companions_agree:
            return "names"
        # A stand-in vouches for no row on a page that a clinician has signed.
        vouched = (row.is_reviewed and (self.is_demonstration or not row.is_of_stand_in) for row in self.rows)
        if self.rows_left or not all(vouched):
            return "rows"
        return ""

    @property
    def _fits(self) -> bool:
        """The digest of what is shown is the digest that was signed, but for spelling corrected and recorded since."""
        signed = self.sign_off.content_digest == self.edition.content_digest
        return signed or self.edition.spelling_changes is not None

    @property
    def has_spelling_corrected(self) -> bool:
        return self.edition.spelling_changes is not None

    @property
    def reviewed_on(self) -> date:
        return localdate(self.sign_off.recorded_at)

    @property
    def whole(self) -> SignOff:
        return self.sign_off.whole

    @property
    def whole_reviewed_on(self) -> date:
        return localdate(self.whole.recorded_at)

    @property
    def is_of_part(self) -> bool:
        return self.sign_off.whole_review_id is not None

    @cached_property
    def part_reviews(self) -> list[SignOff]:
        """Every review of parts since that of the whole page, oldest first: together they cover what is shown."""
        added = SignOff.objects.light().filter(whole_review=self.sign_off.whole_review_id, pk__lte=self.sign_off.pk)
        return list(added.order_by("pk"))

    @property
    def is_demonstration(self) -> bool:
        return self.sign_off is not None and (self.sign_off.is_demonstration or self.whole.is_demonstration)
