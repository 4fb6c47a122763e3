"""Reads records with PyYAML's C loader, and no more: what ``validate.py`` measures against.

Run: ``.venv/bin/python benchmarks/reading.py FOLDER``
"""

import sys
from pathlib import Path

import yaml

for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
