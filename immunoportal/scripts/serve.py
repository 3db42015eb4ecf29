"""Serves the site with granian: `python -m immunoportal.scripts.serve HOST PORT WORKERS THREADS`.

One process beside it sends the mails that are due.

A process of its own, so that the parent of the workers does not keep a second copy of the application in memory.
"""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from queue import SimpleQueue

from granian import Granian
from granian.constants import Interfaces

# Requests that are still being answered may delay the end by this much, in seconds; then the worker is killed.
PATIENCE = 10
MAILS = ("manage.py", "send_mails", "--every", "20", "--tied")


class Wakeup:
    """Takes the place of granian's threading.Event, which locks up for ever when a signal handler sets it at the moment
    its own thread wakes from it. Waking once too often does no harm: the loop then looks for a reason and finds none.
    """

    def __init__(self):
        self.calls = SimpleQueue()

    def set(self):
        self.calls.put(None)

    def wait(self):
        self.calls.get()

    def clear(self):
        pass


class Server(Granian):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.main_loop_interrupt = Wakeup()

    def startup(self, *args):
        hang_up = signal.getsignal(signal.SIGHUP)
        super().startup(*args)
        # granian would start new workers when the terminal is closed, and live on unseen with the port taken.
        # Under nohup the signal is ignored, and stays so.
        signal.signal(signal.SIGHUP, hang_up if hang_up is signal.SIG_IGN else self.signal_handler_interrupt)


def load_application(_target):
    """Runs in each worker. CTRL-C reaches the whole process group; a worker must hear of it from its parent only, which
    would otherwise take its end for a crash.
    """
    os.setpgid(0, 0)
    from immunoportal.wsgi import application  # noqa: PLC0415 (the parent does without the application)

    return application


@contextmanager
def sending_mails():
    """In a process group of its own, so that CTRL-C reaches it through here; if this process is killed, it notices."""
    sender = subprocess.Popen([sys.executable, *MAILS], process_group=0)
    try:
        yield
    finally:
        sender.terminate()
        try:
            sender.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            sender.kill()


def main(host, port, workers, threads):
    server = Server(
        "immunoportal.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_level="warning",
    )
    with sending_mails():
        server.serve(target_loader=load_application)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "immunoportal.settings")
    main(*sys.argv[1:])
