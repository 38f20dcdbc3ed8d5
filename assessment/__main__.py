"""`python -m assessment`: the command line."""

import io
import os
import sys

from assessment.commandline.main import main


def keep_output() -> None:
    """Standard output holds what commands say and nothing else: what a library prints past Python (the solver
    does, now and then) goes to standard error.
    """
    old = sys.stdout
    if not isinstance(old, io.TextIOWrapper):  # nobody listens, or a caller has put something in its place
        return
    try:
        own = os.dup(old.fileno())
        os.dup2(2, old.fileno())
    except OSError:  # no standard error, or an output that is no file: it stays as it is
        return
    sys.stdout = os.fdopen(own, "w", encoding=old.encoding, errors=old.errors)
    sys.stdout.reconfigure(line_buffering=old.line_buffering, write_through=old.write_through)


def let_go() -> None:
    """Write what is still held back; a reader who has seen enough is no fault."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    keep_output()
    code = main()
    let_go()
    sys.exit(code)
