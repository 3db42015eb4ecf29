"""What tells advertising from what readers write: links, markup, names, phrases, and a filter that learns."""
