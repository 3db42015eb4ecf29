"""Reads a document file (Markdown, HTML, plain text, .docx) into a neutral form, in a limited child process."""

from .document import Document, DocumentError, Finding
from .process import read_document, read_documents

__all__ = ["Document", "DocumentError", "Finding", "read_document", "read_documents"]
