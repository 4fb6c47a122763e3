"""Our scripts as they travel: without the words that only their readers need, in one piece."""

from __future__ import annotations

import re
from pathlib import Path

_BLOCK = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_INLINE_TYPE = re.compile(r"/\*\* @(?:type|param)[^*]*\*/ ?")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|class|function)\b)", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", re.MULTILINE)


def lean(source: bytes) -> bytes:
    """Takes comments and indentation away; a script that holds text over several lines stays.

    Args:
        source: A script of ours. It runs just as well as it is.
    """
    text = source.decode()
    for pattern in (_BLOCK, _LINE, _INLINE_TYPE):
        text = pattern.sub("", text)
    if any(line.count("`") % 2 for line in text.splitlines()):
        return source
    return _INDENT.sub("", text).encode()


def joined(script: Path) -> bytes:
    """Puts a module and those that it imports from its folder into one, what is needed first.

    A browser then asks once and not once a module, and one text packs better than its parts. What
    is imported only when somebody needs it stays by itself.

    Raises:
        ValueError: Two of the modules declare the same name, or an import gives a new one.
    """
    texts: list[str] = []
    owners: dict[str, Path] = {}
    met: set[Path] = set()

    def add(module: Path) -> None:
        if module in met:
            return
        met.add(module)
        source = module.read_bytes()
        text = source.decode()
        for names, other in _IMPORT.findall(text):
            if " as " in names:
                raise ValueError(f"{module}: joined modules cannot rename what they import")
            add(module.parent / other)
        for name in _DECLARED.findall(text):
            if owners.setdefault(name, module) != module:
                raise ValueError(f"{module} declares {name}, and so does {owners[name]}")
        texts.append(_EXPORT.sub("", _IMPORT.sub("", lean(source).decode())))

    add(script)
    return "".join(texts).encode()
