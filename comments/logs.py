"""What the log says of requests: never the token of a private link, which is as good as a password."""

import logging
import re

_TOKEN = re.compile(r"(/comments/(?:own|confirm|unsubscribe|my-data|remark)/)[^/\s]+")


class WithoutTokens(logging.Filter):
    """For the logger of requests: each address is logged without its token."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _cleaned(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_cleaned, record.args))
        return True


def _cleaned(value):
    return _TOKEN.sub(r"\1…", value) if isinstance(value, str) else value
