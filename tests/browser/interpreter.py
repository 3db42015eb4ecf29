"""A `manage.py shell` that stays: reads code, one JSON text a line, and answers with what it prints or raises."""

import json
import os
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO

import django


def main() -> None:
    # Whatever else is written to the standard output must not stand between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    django.setup()
    from django.core.cache import cache  # noqa: PLC0415 (Django is set up only now)
    from django.db import connection  # noqa: PLC0415

    for line in sys.stdin:
        printed, raised = StringIO(), ""
        # The server has a memory and connections of its own: nothing here may be older than the question.
        cache.clear()
        connection.close()
        try:
            with redirect_stdout(printed):
                exec(json.loads(line), {"__name__": "shell"})  # noqa: S102 (code of the tests)
        except BaseException:  # noqa: BLE001 (whatever it is, the test is told)
            raised = traceback.format_exc()
        print(json.dumps([printed.getvalue(), raised]), file=answers, flush=True)


if __name__ == "__main__":
    main()
