"""The parent's side: cheap checks of the file, then a child process that is killed when it takes too long."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from threading import Event, Timer

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .document import Document, DocumentError, Finding

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[2]
EXTENSIONS = (".md", ".html", ".htm", ".txt", ".docx")
MAX_BYTES = 10_000_000
MAX_ANSWER = 5_000_000
MAX_SECONDS = 15

# How files begin that people rename by mistake.
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
SIGNATURES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
    ZIP: "ZIP",
    OLD_OFFICE: "Microsoft Office",
}


def read_document(name: str, data: bytes) -> Document:
    [result] = read_documents([(name, data)])
    if isinstance(result, DocumentError):
        raise result
    return result


def read_documents(files: Iterable[tuple[str, bytes]]) -> list[Document | DocumentError]:
    """One result per file, in order. All share one child process; when it fails, the next file gets a new one."""
    child = Child()
    try:
        return [result_of(child, name, data) for name, data in files]
    finally:
        child.stop()


def result_of(child: "Child", name: str, data: bytes) -> Document | DocumentError:
    try:
        check_file(name, data)
        return child.read(name, data)
    except DocumentError as error:
        return error


def shown_name(name: str) -> str:
    base = PurePosixPath(name.replace("\\", "/")).name or name
    return "".join(letter if letter.isprintable() else "�" for letter in base)[:120]


def check_file(name: str, data: bytes) -> None:
    shown, extension = shown_name(name), PurePosixPath(name).suffix.lower()
    if extension not in EXTENSIONS:
        raise DocumentError(
            _("%(name)s is not a kind of document that can be read. Use one of: %(kinds)s.")
            % {"name": shown, "kinds": ", ".join(EXTENSIONS)}
        )
    if not data:
        raise DocumentError(_("%(name)s is empty. Choose a file with text in it.") % {"name": shown})
    if len(data) > MAX_BYTES:
        raise DocumentError(
            _("%(name)s is too large: at most %(limit)d MB can be read. Leave out images, or split the document.")
            % {"name": shown, "limit": MAX_BYTES // 1_000_000}
        )
    check_signature(shown, extension, data)


def check_signature(shown: str, extension: str, data: bytes) -> None:
    if extension == ".docx":
        if data.startswith(OLD_OFFICE):
            raise DocumentError(
                _("%(name)s is protected by a password or in the old .doc format. Save it as .docx without a password.")
                % {"name": shown}
            )
        if not data.startswith(ZIP):
            raise DocumentError(
                _("%(name)s is not a .docx document. Save it as .docx in your word processor.") % {"name": shown}
            )
        return
    kind = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), None)
    if kind:
        raise DocumentError(
            _("%(name)s is a file of the kind %(kind)s and not a text. Save the document as .docx, .html, .md or .txt.")
            % {"name": shown, "kind": kind}
        )


class Child:
    """A child process that is started when needed, and again after it died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None

    def read(self, name: str, data: bytes) -> Document:
        process = self.process = self.process or self.start()
        out_of_time = Event()

        def give_up() -> None:
            out_of_time.set()
            self.kill(process)

        timer = Timer(MAX_SECONDS, give_up)
        timer.start()
        try:
            line = self.ask(process, name, data)
        finally:
            timer.cancel()
        return self.answer(line, name, out_of_time.is_set())

    def start(self) -> subprocess.Popen:
        # A clean environment: no secrets of the site, no PYTHON* variables.
        return subprocess.Popen(
            [sys.executable, "-s", "-B", "-X", "utf8", "-m", "publishing.documents.child", get_language() or "en"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            env={"LANG": "C.UTF-8"},
            start_new_session=True,
        )

    def ask(self, process: subprocess.Popen, name: str, data: bytes) -> bytes:
        header = json.dumps({"name": name, "shown": shown_name(name), "size": len(data)})
        try:
            process.stdin.write(header.encode() + b"\n" + data)
            process.stdin.flush()
        except BrokenPipeError:
            return b""
        return process.stdout.readline(MAX_ANSWER)

    def answer(self, line: bytes, name: str, out_of_time: bool) -> Document:
        shown = shown_name(name)
        if not line.endswith(b"\n"):
            status = self.stop()
            if out_of_time or status == -signal.SIGXCPU:
                raise DocumentError(
                    _("%(name)s takes too long to read. Simplify it, or split it into smaller documents.")
                    % {"name": shown}
                )
            raise damaged(shown)
        answer = json.loads(line)
        if "crash" in answer:
            logger.warning("Reading a document of the kind %s failed: %s", PurePosixPath(name).suffix, answer["crash"])
            self.stop()
            raise damaged(shown)
        if "error" in answer:
            raise DocumentError(answer["error"])
        return Document(**answer | {"findings": [Finding(**finding) for finding in answer["findings"]]})

    def stop(self) -> int | None:
        """Ends the process and everything it may have started; gives the exit status it had by itself."""
        process, self.process = self.process, None
        if process is None:
            return None
        with suppress(BrokenPipeError):
            process.stdin.close()
        try:
            status = process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            status = None
        self.kill(process)
        process.wait()
        process.stdout.close()
        return status

    @staticmethod
    def kill(process: subprocess.Popen) -> None:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def damaged(shown: str) -> DocumentError:
    return DocumentError(
        _("%(name)s cannot be read: it is damaged or built in an unusual way. Open it, save it again and retry.")
        % {"name": shown}
    )
