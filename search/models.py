from search.counts import SearchCount, SearchKey, SettledSearch
from search.documents import Document, Group, IndexState, Word

__all__ = ["Document", "Group", "IndexState", "SearchCount", "SearchKey", "SettledSearch", "Word"]
