"""Runs a command, and kills it and all that it started as soon as the standard input ends.

That end comes however the process at the other side ends, so that no peer outlives the tests.

usage: keeper.py COMMAND...
"""

import os
import signal
import subprocess
import sys
import threading


def kill_at_end_of_input():
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


def main():
    # A group of its own, so that the killing ends there.
    os.setpgrp()
    command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    threading.Thread(target=kill_at_end_of_input, daemon=True).start()
    status = command.wait()
    # What the command left behind.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    sys.exit(status if status >= 0 else 1)


main()
