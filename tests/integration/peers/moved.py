"""Starts ministack in a process whose clock faketime moves.

Python sleeps with `clock_nanosleep`, which fails below faketime as soon as the monotonic clock is left alone.
"""

import runpy
import select
import time

time.sleep = lambda seconds: select.select([], [], [], seconds)
runpy.run_module("ministack", run_name="__main__")
