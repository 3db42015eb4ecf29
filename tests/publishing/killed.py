"""Publishes in processes that die in the middle of it, and prints what is wrong afterwards: see test_whole_doors.py."""

import os
import signal
import sys
from random import Random

import django

KILLS = 10


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (Django is set up only now)
    from django.db import connection  # noqa: PLC0415

    from publishing.models import Edition  # noqa: PLC0415
    from publishing.verification import verify  # noqa: PLC0415
    from tests.builders import make_article, publish  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    page, random = make_article(is_medical=False), Random(7)
    publish(page)
    connection.close()
    died = 0
    for _kill in range(KILLS):
        statements = random.randrange(1, 250)
        if not (child := os.fork()):
            with connection.execute_wrapper(_dying_after(statements)):
                while True:
                    page.title = f"{page.title[:20]} {random.random()}"
                    page.save()
                    publish(page)
        _pid, status = os.waitpid(child, 0)
        died += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    faults = verify().faults
    print(f"{died} died, {len(faults)} faults, {Edition.objects.count() > 1}", *faults)


def _dying_after(statements: int):
    left = statements

    def wrapper(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        result = execute(sql, params, many, context)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapper


if __name__ == "__main__":
    sys.exit(main())
