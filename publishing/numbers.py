"""Numbers of rows, as they come in addresses and forms."""

LARGEST = 2**63 - 1


def row_number(text: str) -> int | None:
    """Plain digits, and no more than a database can hold; nothing for any other text."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        return None
    number = int(text)
    return number if number <= LARGEST else None
