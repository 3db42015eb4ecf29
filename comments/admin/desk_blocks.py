"""What is blocked of the writer of a comment, and what could be."""

from django.db.models import Q
from django.utils.translation import gettext as _

from comments.blocks import Block, has_known_network
from comments.comments import Comment
from publishing.templatetags.page_admin import moment


def blocks_of(comments: list[Comment]) -> list[Block]:
    """In force, for the addresses and networks of these. One query."""
    emails = {each.email for each in comments if each.email_confirmed_at}
    networks = {each.network for each in comments} - {""}
    same = Q(kind=Block.Kind.EMAIL, value__in=emails) | Q(kind=Block.Kind.NETWORK, value__in=networks)
    return list(Block.objects.in_force().filter(same).order_by("kind"))


def is_of(block: Block, comment: Comment) -> bool:
    if block.kind == Block.Kind.EMAIL:
        return comment.email_confirmed_at is not None and block.value == comment.email
    return block.value == comment.network


def what_can_be_blocked(comment: Comment) -> list[tuple[str, str]]:
    """Kinds of blocks, each in words."""
    found = []
    if comment.email_confirmed_at:
        found.append((Block.Kind.EMAIL.value, _("The confirmed address of its writer")))
    if has_known_network(comment):
        found.append((Block.Kind.NETWORK.value, _("The network it came from, for 30 days after it at most")))
    return found


def said_of(block: Block) -> str:
    """What is blocked, until when, and what that does: plainly, and without the address."""
    is_address = block.kind == Block.Kind.EMAIL
    what = _("the confirmed address of its writer") if is_address else _("the network it came from")
    until = _("until %s") % moment(block.expires_at) if block.expires_at else _("for good")
    if block.refuses:
        said = _("%(what)s is blocked %(until)s. What comes from there goes among the spam.")
    else:
        said = _("%(what)s is blocked %(until)s. What comes from there is held for a closer look.")
    return said % {"what": what, "until": until}
