from search.documents import Document, Group, IndexState, Word

__all__ = ["Document", "Group", "IndexState", "Word"]
