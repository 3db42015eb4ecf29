"""The child's side: reads documents from standard input one after another, and can neither open files nor connect."""

import codecs
import json
import resource
import sys
import time
from pathlib import Path

import django
from django.conf import settings

CPU_SECONDS = 10
MEMORY = 512 * 1024 * 1024
STANDARD_FILES = 3


def main(language: str) -> None:
    sys.excepthook = report_crash
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settings.configure(LANGUAGE_CODE=language, LOCALE_PATHS=[Path(__file__).resolve().parents[2] / "locale"])
    django.setup()
    from .reading import answer, warm_up  # noqa: PLC0415 - after the limits, and with settings

    warm_up()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "ascii", "cp437"):
        codecs.lookup(encoding)
    # Everything is loaded: from here on no file and no connection can be opened.
    resource.setrlimit(resource.RLIMIT_NOFILE, (STANDARD_FILES, STANDARD_FILES))
    while line := sys.stdin.buffer.readline():
        header = json.loads(line)
        allow_more_time()
        reply(answer(header["name"], header["shown"], sys.stdin.buffer.read(header["size"])))


def allow_more_time() -> None:
    unlimited = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + CPU_SECONDS, unlimited))


def reply(answer: dict) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def report_crash(kind: type[BaseException], error: BaseException, traceback) -> None:
    # The kind and the place, but no words of the document.
    while traceback.tb_next:
        traceback = traceback.tb_next
    reply({"crash": f"{kind.__name__} in {Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}"})


if __name__ == "__main__":
    main(sys.argv[1])
