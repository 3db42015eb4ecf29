"""Serves the site with granian: `python -m immunoportal.scripts.serve HOST PORT WORKERS THREADS`.

A process of its own, so that the parent of the workers does not keep a second copy of the application in memory.
"""

import os
import signal
import sys

from granian import Granian
from granian.constants import Interfaces

# An open connection may delay the end by this much, in seconds; then the worker is killed.
PATIENCE = 10


class Server(Granian):
    def startup(self, *args):
        hang_up = signal.getsignal(signal.SIGHUP)
        super().startup(*args)
        # granian would start new workers when the terminal is closed, and live on unseen with the port taken.
        # Under nohup the signal is ignored, and stays so.
        signal.signal(signal.SIGHUP, hang_up if hang_up is signal.SIG_IGN else self.signal_handler_interrupt)


def main(host, port, workers, threads):
    Server(
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
    ).serve()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "immunoportal.settings")
    main(*sys.argv[1:])
