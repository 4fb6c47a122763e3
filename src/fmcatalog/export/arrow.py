"""Writes a table as Parquet.

A script that runs by itself, see :func:`fmcatalog.export.tables.to_parquet`. It reads lines of
JSON, for each table first its columns with what each holds, and how many lines follow; then rows,
as lists by column, some thousand a line.
To take lists of Python, pyarrow would look at each value.
"""

from __future__ import annotations

import json
import sys
from itertools import islice

# Loaded with pyarrow wherever it is found, in half of the time; nothing here needs it.
sys.modules["numpy"] = None  # type: ignore[assignment]

import pyarrow as pa  # noqa: E402
from pyarrow import json as arrow_json  # noqa: E402
from pyarrow import parquet  # noqa: E402

KINDS = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "integer": pa.int32(),
    "number": pa.float64(),
}


def main() -> None:
    """Reads tables and writes a file of each, after a line that tells how large they are."""
    told, files = sys.stdin.buffer, []
    while head := told.readline():
        kinds, count = json.loads(head)
        files.append(_file(kinds, b"".join(islice(told, count))))
    sys.stdout.buffer.write(b"%b\n" % json.dumps([len(file) for file in files]).encode())
    sys.stdout.buffer.writelines(files)


def _file(kinds: dict[str, str], lines: bytes) -> memoryview:
    schema = pa.schema([(name, KINDS[kind]) for name, kind in kinds.items()])
    table = schema.empty_table()
    if lines:
        # To pyarrow a line of JSON is a row, in which here each column is a list.
        listed = pa.schema([(field.name, pa.list_(field.type)) for field in schema])
        found = arrow_json.read_json(
            pa.BufferReader(lines),
            arrow_json.ReadOptions(use_threads=False, block_size=len(lines)),
            arrow_json.ParseOptions(explicit_schema=listed),
        )
        # None of these lists is null or a part of another one.
        columns = [found[name].combine_chunks().values for name in kinds]
        table = pa.Table.from_arrays(columns, schema=schema)
    out = pa.BufferOutputStream()
    parquet.write_table(table, out, compression="zstd")
    return memoryview(out.getvalue())


if __name__ == "__main__":
    main()
