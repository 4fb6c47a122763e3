"""Guests with heavy luggage work in a process of their own: what they load goes when they go.

A library of fifty megabytes that writes one file would otherwise stay until the end of a build.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_START = """
import runpy, sys
script, *sys.path = sys.argv[1:]
runpy.run_path(script, run_name="__main__")
"""

# The algebra that numpy brings, which no script of ours asks for anything, would start a thread a
# processor, and have them turn on the spot.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def run(script: Path, given: bytes) -> bytes:
    """Runs a script of this package that knows nothing of the rest of it.

    Args:
        script: The script; it reads all that it is told, and writes its answer.
        given: What it is told.

    Raises:
        RuntimeError: It failed; the message is the last thing that it said.
    """
    # Isolated, so that nothing in the folder or the environment gets in its way; libraries are
    # found where this process finds them.
    command = [sys.executable, "-I", "-c", _START, str(script), *filter(None, sys.path)]
    alone = {**os.environ, **_ALONE}
    done = subprocess.run(command, env=alone, input=given, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"{script.name}: {said[-1] if said else done.returncode}")
    return done.stdout
