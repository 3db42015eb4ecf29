"""The tables of this room. Each lives in the module named after it."""

from comments.blocks import Block
from comments.clinicians import Clinician
from comments.comments import Comment
from comments.decisions import Decision
from comments.feedback import Feedback
from comments.filters import SpamFilter
from comments.keys import KeysOff
from comments.networks import NetworkKey, RecentPosts
from comments.notes import Note, Report
from comments.openings import Opening
from comments.outbox import OutgoingMail, Subscription
from comments.prepared import PreparedReply

__all__ = [
    "Block",
    "Clinician",
    "Comment",
    "Decision",
    "Feedback",
    "KeysOff",
    "NetworkKey",
    "Note",
    "Opening",
    "OutgoingMail",
    "PreparedReply",
    "RecentPosts",
    "Report",
    "SpamFilter",
    "Subscription",
]
