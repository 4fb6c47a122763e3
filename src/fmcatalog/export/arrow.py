"""Writes a table as Parquet.

A script that runs by itself, see :func:`fmcatalog.export.tables.to_parquet`. It reads lines of
JSON: first the columns with what each holds, then rows, as lists by column, some thousand a line.
To take lists of Python, pyarrow would first load pandas.
"""

from __future__ import annotations

import json
import sys

import pyarrow as pa
from pyarrow import json as arrow_json
from pyarrow import parquet

KINDS = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "integer": pa.int32(),
    "number": pa.float64(),
}


def main() -> None:
    """Reads the lines, and writes the table."""
    kinds = json.loads(sys.stdin.buffer.readline())
    lines = sys.stdin.buffer.read()
    # To pyarrow a line of JSON is a row, in which here each column is a list.
    schema = pa.schema([(name, pa.list_(KINDS[kind])) for name, kind in kinds.items()])
    found = arrow_json.read_json(
        pa.BufferReader(lines),
        arrow_json.ReadOptions(use_threads=False, block_size=len(lines)),
        arrow_json.ParseOptions(explicit_schema=schema),
    )
    columns = [found[name].combine_chunks().flatten() for name in kinds]
    table = pa.Table.from_arrays(columns, names=list(kinds))
    out = pa.BufferOutputStream()
    parquet.write_table(table, out, compression="zstd")
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
