"""The states of a draft and the moves between them: the one table. Whatever is not in it, the database refuses too."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from publishing.pages import Page

DRAFT, EDITORIAL, MEDICAL, APPROVED, SCHEDULED, PUBLISHED, WITHDRAWN = Page.State.values
IN_REVIEW = (EDITORIAL, MEDICAL, APPROVED)


@dataclass(frozen=True)
class Move:
    """From which states to which ones a page goes, who may take it there, and on what condition."""

    name: str
    title: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    # The right it needs; empty for what follows by itself from something else that was allowed.
    permission: str
    condition: str = ""


MOVES = (
    Move(
        "submit", _("Submit for review"), (DRAFT, PUBLISHED, WITHDRAWN), (EDITORIAL,), "publishing.change_page",
        _("No check that blocks finds anything."),
    ),
    Move(
        "send_on", _("Send on to medical review"), (EDITORIAL,), (MEDICAL,), "publishing.send_on_page",
        _("It is health information, and no check that blocks finds anything."),
    ),
    Move(
        "approve", _("Approve"), (EDITORIAL,), (APPROVED,), "publishing.send_on_page",
        _("It is not health information, no comment is open, and whoever approves it has not changed it."),
    ),
    Move(
        "sign_off", _("Sign off"), (MEDICAL,), (APPROVED,), "publishing.sign_off_page",
        _("Four eyes; exactly the content that was read; every question confirmed; no comment is open."),
    ),
    Move(
        "send_back", _("Send back to the authors"), IN_REVIEW, (DRAFT, WITHDRAWN, PUBLISHED), "publishing.view_page",
        _("Whoever reviews at that stage, with a reason; or its authors, who take it back."),
    ),
    Move("publish", _("Publish"), (APPROVED, SCHEDULED), (PUBLISHED,), "publishing.publish_page",
         _("A sign-off covers exactly this content.")),
    Move("schedule", _("Schedule"), (APPROVED, SCHEDULED), (SCHEDULED,), "publishing.schedule_page",
         _("A sign-off covers exactly this content; the draft as it stands then is kept.")),
    Move("unschedule", _("Cancel the schedule"), (SCHEDULED,), (DRAFT, APPROVED, PUBLISHED, WITHDRAWN),
         "publishing.schedule_page"),
    Move("withdraw", _("Withdraw"), (DRAFT, *IN_REVIEW, SCHEDULED, PUBLISHED), (WITHDRAWN,), "publishing.withdraw_page",
         _("The page is public, and readers are told why.")),
    Move("correct_spelling", _("Publish a spelling correction"), (DRAFT,), (PUBLISHED,), "publishing.publish_page",
         _("At most 40 characters differ from what was signed; no number, unit, negation or name.")),
    Move("override", _("Publish without sign-off in an emergency"), (DRAFT, *IN_REVIEW, SCHEDULED, WITHDRAWN),
         (PUBLISHED,), "publishing.override_page", _("With a reason, which readers see.")),
    # What follows by itself.
    Move("change", _("Save a change"), (*IN_REVIEW, PUBLISHED), (DRAFT,), ""),
    Move("restore", _("Undo a change"), (DRAFT,), (APPROVED, PUBLISHED), "",
         _("The draft is again exactly what was signed off, or what is public.")),
    Move("go_live", _("Go live at the set time"), (SCHEDULED,), (PUBLISHED,), ""),
)  # fmt: skip
BY_NAME = {move.name: move for move in MOVES}


def pairs() -> list[tuple[str, str]]:
    """Every step from one state to another that some move makes."""
    return sorted({(source, target) for move in MOVES for source in move.sources for target in move.targets})
