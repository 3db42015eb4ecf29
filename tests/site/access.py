"""Who may see and do what: the one table. `tests/site/test_access.py` asks every address and compares.

One letter for each role:

    o  anybody from outside           a  author             m  moderator
    c  a reader who has commented     e  editor             x  administrator
                                      r  medical reviewer

(There are no accounts for readers yet: `c` is a visitor whose browser sends cookies.)

Each route has two cells, for GET and for POST. A cell is one of these:

    "aex"          these roles pass. GET shows the page (200); POST is taken up, whatever is said of the data
                   (200, 204, 302, 400). Below /admin/ other staff get 403; without account it leads to the log-in.
    "405"          everybody gets this status; below /admin/ only those who are logged in.
    {"404": "m"}   these roles get this status, and so on.
    in_state(…)    a cell for each state of the page.

PAGE stands for each kind of page. Every state is asked: a draft that never was public, one that is in medical review,
one that is scheduled, a public page, one with a correction, and one that was withdrawn.
"""

STATES = ("draft", "review", "scheduled", "published", "corrected", "withdrawn")
NO_ACCOUNT = "oc"
STAFF = "aermx"
EVERYBODY = NO_ACCOUNT + STAFF

Cell = str | dict[str, str]


class InState(dict):
    """A cell for each state."""


def in_state(**cells: Cell) -> InState:
    """One cell for each of the states in the name; `others` for those that are not named."""
    found = {state: cell for names, cell in cells.items() for state in names.split("_")}
    others = found.pop("others", None)
    return InState({state: found.get(state, others) for state in STATES})


# A page of readers.
PUBLIC = ("200", "405")
# What readers find below the address of a page: nothing before it was public. Its history stays.
NEVER_BEFORE = (in_state(draft_review_scheduled="404", others="200"), "405")

ROUTES: dict[str, tuple[Cell, Cell]] = {
    # Readers
    "home": PUBLIC,
    "PAGE_detail": (in_state(published_corrected="200", withdrawn="410", others="404"), "405"),
    "publishing:history": NEVER_BEFORE,
    "publishing:edition": NEVER_BEFORE,
    "publishing:changes": NEVER_BEFORE,
    "publishing:page_feed": NEVER_BEFORE,
    # Asked for today.
    "publishing:as_of": (in_state(published_corrected="200", others="404"), "405"),
    "search:results": PUBLIC,
    "search:suggest": PUBLIC,
    "search:description": PUBLIC,
    "crosslinks:mentioned_in": (in_state(published_corrected="200", others="404"), "405"),
    "therapies:condition_list": PUBLIC,
    "therapies:therapy_list": PUBLIC,
    "articles:article_list": PUBLIC,
    "articles:category": PUBLIC,
    "articles:category_feed": PUBLIC,
    "publishing:site_feed": PUBLIC,
    "publishing:kind_feed": PUBLIC,
    "publishing:shelf_feed": PUBLIC,
    "publishing:tag": PUBLIC,
    "publishing:person": PUBLIC,
    # A picture that no public page shows.
    "publishing:image_file": ({"200": "aerx", "404": "ocm"}, "405"),
    # With a link that somebody was given; without one, see tests/publishing/test_previews.py.
    "publishing:preview": ("200", "405"),
    "publishing:preview_image": ("404", "405"),
    # Without a key.
    "publishing:calendar_feed": ("404", "405"),
    # Comments. Forms are sent empty: without the proof that they come from this site nothing is taken.
    "comments:write": (
        in_state(published_corrected="200", others="404"),
        in_state(published_corrected="403", others="404"),
    ),
    "comments:thread": (in_state(published_corrected="200", others="404"), "405"),
    "comments:useful": (
        in_state(published_corrected="200", others="404"),
        in_state(published_corrected="400", others="404"),
    ),
    "comments:rules": PUBLIC,
    "comments:report": ("200", "403"),
    "comments:my_data": ("200", "403"),
    # With the link that its writer, or the owner of the address, was given; without one, see tests/comments/.
    "comments:remark": ("200", "200"),
    "comments:own": ("200", "303"),
    "comments:own_edit": ("200", "200"),
    "comments:own_withdraw": ("200", "303"),
    # It was not rejected: back to its own page.
    "comments:own_object": ("303", "303"),
    "comments:confirm": ("200", "200"),
    "comments:unsubscribe": ("200", "200"),
    "comments:my_data_open": ("200", "400"),
    "sitemap": ("200", "200"),
    "robots": PUBLIC,
    "favicon": ("301", "405"),
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    # Staff and their account
    "admin:index": (STAFF, STAFF),
    "admin:login": ({"200": "oc", "302": STAFF}, "200"),
    "admin:logout": ({"302": "oc", "405": STAFF}, {"302": "oc", "200": STAFF}),
    "admin:password_change": (STAFF, STAFF),
    "admin:password_change_done": (STAFF, "405"),
    "admin:jsi18n": (STAFF, "405"),
    "admin:app_list": (STAFF, STAFF),
    # Without the name of a field it searches nothing.
    "admin:autocomplete": ("403", "405"),
    "admin:view_on_site": ("302", "302"),
    "admin/(?P<url>.*)$": ("404", "404"),
    # Their work
    "admin:publishing_import": ("aex", "aex"),
    "admin:publishing_queue": (STAFF, STAFF),
    "admin:publishing_work": (STAFF, "405"),
    "admin:publishing_calendar": (STAFF, STAFF),
    "admin:crosslinks_gaps": (STAFF, "405"),
    "admin:search_searchcount_changelist": ("ex", "ex"),
    "admin:search_searchcount_task": ({"302": "ex", "403": "arm"}, {"302": "ex", "403": "arm"}),
    # Comments
    "admin:comments_desk": ("mx", "mx"),
    "admin:comments_desk_keys": ("mx", "mx"),
    # Of a comment that there is not.
    "admin:comments_desk_open": ("405", {"404": "mx", "403": "aer"}),
    "admin:comments_feedback_counts": (STAFF, "405"),
    "admin:publishing_reference_search": ("aerx", "aerx"),
    "admin:publishing_image_search": ("aerx", "aerx"),
    "admin:publishing_notice_end": ("erx", "erx"),
    "admin:publishing_redaction_remove": ("x", "x"),
    "admin:publishing_tag_merge": ("ex", "ex"),
    "admin:publishing_tag_unmerge": ("405", "ex"),
    "admin:auth_user_password_change": ("x", "x"),
    # A draft
    "admin:PAGE_changelist": (STAFF, STAFF),
    "admin:PAGE_add": ("aex", "aex"),
    "admin:PAGE_change": (STAFF, "aex"),
    # What was public is not deleted: those who may delete are told so.
    "admin:PAGE_delete": (in_state(draft_review_scheduled="ex", others={"302": "ex", "403": "arm"}), "ex"),
    "admin:PAGE_history": (STAFF, "405"),
    "admin:PAGE_shortcut": ("302", "302"),
    "admin:PAGE_add_unsaved": ("aex", "aex"),
    "admin:PAGE_unsaved": ("aex", "aex"),
    "admin:PAGE_checks": (STAFF, "aex"),
    "admin:PAGE_links": (STAFF, "ex"),
    "admin:PAGE_preview": (STAFF, "405"),
    "admin:PAGE_preview_link": ("aerx", "aerx"),
    # Its review
    "admin:PAGE_submit": ("aex", "aex"),
    "admin:PAGE_review": ("aerx", "405"),
    "admin:PAGE_compare": ("aerx", "405"),
    # The page in review waits for a medical reviewer. Where nothing waits, everybody who may see reviews is told so.
    "admin:PAGE_claim": ("405", in_state(review="r", others="aerx")),
    "admin:PAGE_release": ("405", "aerx"),
    "admin:PAGE_comment": ("405", in_state(review="r", others="aerx")),
    "admin:PAGE_resolve": ("405", "aerx"),
    "admin:PAGE_send_on": ("ex", "ex"),
    "admin:PAGE_approve": ("ex", "ex"),
    "admin:PAGE_send_back": ("aerx", "aerx"),
    "admin:PAGE_sign_off": ("405", "r"),
    "admin:PAGE_evidence": ("aerx", "aerx"),
    # The door
    "admin:PAGE_publish": ("ex", "ex"),
    "admin:PAGE_schedule": ("ex", "ex"),
    "admin:PAGE_unschedule": ("405", "ex"),
    "admin:PAGE_spelling": ("ex", "ex"),
    "admin:PAGE_emergency": ("x", "x"),
    "admin:PAGE_withdraw": ("ex", "ex"),
    # Pages of any kind, only to be chosen
    "admin:publishing_page_change": ("302", "302"),
}

# What Django gives each table. The words are filled in from MODELS.
STANDARD: dict[str, tuple[Cell, Cell]] = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
    "shortcut": ("302", "302"),
}
READ_ONLY = {"add": "", "change": "", "delete": ""}
MODELS: dict[str, dict[str, str]] = {
    "publishing.reference": {"view": "aerx", "add": "aex", "change": "ex", "delete": "ex"},
    "publishing.image": {"view": "aerx", "add": "aex", "change": "ex", "delete": "ex"},
    "publishing.tag": {"view": "aerx", "add": "aex", "change": "ex", "delete": "ex"},
    "publishing.person": {"view": "aerx", "add": "ex", "change": "ex", "delete": "ex"},
    "articles.category": {"view": "aerx", "add": "ex", "change": "ex", "delete": "ex"},
    "crosslinks.name": {"view": STAFF, "add": "ex", "change": "ex", "delete": "ex"},
    "crosslinks.block": {"view": STAFF, "add": "ex", "change": "", "delete": "ex"},
    "publishing.page": {"view": STAFF, **READ_ONLY},
    "publishing.edition": {"view": "aerx", **READ_ONLY},
    "publishing.signoff": {"view": "aerx", **READ_ONLY},
    "publishing.event": {"view": "rx", **READ_ONLY},
    "publishing.pastaddress": {"view": "aerx", **READ_ONLY},
    "publishing.redaction": {"view": "x", **READ_ONLY},
    "publishing.notice": {"view": "aerx", "add": "erx", "change": "", "delete": ""},
    "publishing.referencetask": {"view": "aerx", "add": "", "change": "aex", "delete": ""},
    "publishing.flaggedwork": {"view": "erx", "add": "ex", "change": "ex", "delete": "ex"},
    "publishing.contenttask": {"view": STAFF, "add": "", "change": "aex", "delete": ""},
    "comments.comment": {"view": "mx", **READ_ONLY},
    "comments.decision": {"view": "mx", **READ_ONLY},
    "comments.block": {"view": "mx", "add": "mx", "change": "mx", "delete": ""},
    "comments.clinician": {"view": "mx", "add": "x", "change": "x", "delete": "x"},
    "comments.preparedreply": {"view": "mx", "add": "mx", "change": "mx", "delete": "mx"},
    "comments.opening": {"view": "mx", "add": "mx", "change": "mx", "delete": "mx"},
    "comments.feedback": {"view": STAFF, "add": "", "change": "emx", "delete": "x"},
    "comments.spamfilter": {"view": "mx", **READ_ONLY},
    "auth.user": {"view": "x", "add": "x", "change": "x", "delete": "x"},
    "auth.group": {"view": "x", "add": "x", "change": "x", "delete": "x"},
}
# What a form answers that a role may use.
ACTS = {"200", "204", "302", "303", "400"}
# What is sent where an empty form would say nothing about the right.
SENT = {"admin:PAGE_comment": {"part": "summary", "text": "Why?"}}
