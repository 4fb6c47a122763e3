"""What every record shape shares: strictness, the kinds of missing, and typed texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Generic, TypeVar, Union, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, WithJsonSchema
from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from fmcatalog.records import addresses, dates, text
from fmcatalog.records.sharing import common

T = TypeVar("T")


_set = object.__setattr__  # that of a shape refuses


class Shape(BaseModel):
    """Base of every shape: unknown keys are refused, values cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    # Keys that people write for another one; used for suggestions only.
    synonyms: ClassVar[dict[str, str]] = {}

    def __getstate__(self) -> Any:
        """Gives what a shape is made of, to be kept: it has neither extra keys nor private ones."""
        return self.__dict__, self.__pydantic_fields_set__

    def __setstate__(self, state: Any) -> None:
        """Makes a shape of what was kept of it."""
        values, given = state
        _set(self, "__dict__", values)
        _set(self, "__pydantic_fields_set__", given)
        _set(self, "__pydantic_extra__", None)
        _set(self, "__pydantic_private__", None)


class Missing(StrEnum):
    """Why a value is not there. A key that is absent has not been looked up yet."""

    NOT_REPORTED = "not-reported"
    NOT_APPLICABLE = "not-applicable"


MISSING = frozenset(str(m) for m in Missing)


def refuse(kind: str, message: str, help: str = "") -> PydanticCustomError:
    """Makes the error a validator raises; braces in the text are kept as they are.

    Args:
        kind: What is refused: ``form``, ``text``, ``address``, ``identifier``, ``choice``.
        message: What is wrong, beginning with a verb ("is not …").
        help: What to write instead.
    """
    return PydanticCustomError(f"fm_{kind}", "{message}", {"message": message, "help": help})


class _OrMissing:
    """Lets one of the kinds of missing stand where a value is expected."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        inner = next(a for a in get_args(source) if a is not Missing)

        def validate(value: Any, run: core_schema.ValidatorFunctionWrapHandler) -> Any:
            known = isinstance(value, str) and value in MISSING
            return Missing(value) if known else run(value)

        schema = handler.generate_schema(inner)
        return core_schema.no_info_wrap_validator_function(
            validate, schema, serialization=_written(schema)
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        inner = handler(schema)
        return {"anyOf": [inner, {"enum": sorted(MISSING)}]}


def _written(schema: core_schema.CoreSchema) -> core_schema.SerSchema:
    """Says how a value of a schema is written that may be a kind of missing."""
    own: Any = schema.get("serialization")
    if own is None:  # as what it is, a text or a list: nobody need ask which
        return core_schema.simple_ser_schema("any")
    write: Callable[[Any], Any] = own["function"]
    return core_schema.plain_serializer_function_ser_schema(
        lambda value: str(value) if value.__class__ is Missing else write(value)
    )


OrMissing = Annotated[Union[T, Missing], _OrMissing()]  # noqa: UP007 - generic alias


def one_text(
    value: Any,
    complaint: Callable[[str], str | None],
    kind: str,
    suggest: Callable[[str], str] = lambda _: "",
) -> str:
    """Gives a value that has to be one text, or refuses it.

    Args:
        value: Any value out of a document.
        complaint: Says what is wrong with a text, if anything is.
        kind: What is refused then.
        suggest: Says what to write instead.
    """
    if not isinstance(value, str):
        raise refuse("kind", "where one text is wanted", "write one text here, without brackets")
    if not value.strip():
        raise refuse("empty", "is empty")
    said = complaint(value)
    if said is not None:
        raise refuse(kind, said, suggest(value))
    return value


def _line(limit: int) -> Any:
    def check(value: Any) -> str:
        checked = one_text(value, text.complaint, "text")
        if len(checked) > limit:
            raise refuse("long", f"is longer than {limit} characters", "shorten it")
        return checked

    return check


def _prose(value: Any) -> str:
    if isinstance(value, str):
        value = value.rstrip("\n")
    checked = one_text(value, lambda t: text.complaint(t, lines=True), "text")
    if len(checked) > 2500:
        raise refuse("long", "is longer than 2500 characters", "shorten it")
    return checked


def described(**schema: Any) -> WithJsonSchema:
    """Describes a text for editors, which type a plain scalar before they look at its key.

    ``volume: 15`` and ``arxiv: 2304.12306`` are numbers to an editor and texts to this reader;
    both have to take the same files.
    """
    return WithJsonSchema({"type": ["string", "number", "boolean"], **schema}, mode="validation")


Line = Annotated[str, BeforeValidator(_line(300)), described(minLength=1, maxLength=300)]
"""One line of text."""

Prose = Annotated[str, BeforeValidator(_prose), described(minLength=1, maxLength=2500)]
"""A paragraph or two of plain text."""


def _slug(value: Any) -> str:
    checked = one_text(value, lambda _: None, "text")
    if not _is_slug(checked):
        said = "is not an id"
        if text.latin(checked) != checked:
            odd = next(c for c in checked if text.latin(c) != c)
            said += f": it holds {text.named(odd)}"
        raise refuse("form", said, _slug_meant(checked))
    return checked


def _slug_meant(value: str) -> str:
    """Says which id a text meant, if it is one but for its case and its spaces."""
    meant = value.strip().lower().replace(" ", "-").replace("_", "-")
    return f"write {meant}" if _is_slug(meant) else "write lower-case letters, digits and hyphens"


def _is_slug(value: str) -> bool:
    return (
        len(value) <= 60
        and value.isascii()
        and all(part.isalnum() for part in value.split("-"))
        and value == value.lower()
    )


Slug = Annotated[str, BeforeValidator(common(_slug)), described(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id: lower-case letters, digits, hyphens."""


def _term(value: Any) -> str:
    checked = one_text(value, text.complaint, "text")
    if len(checked) > 80:
        raise refuse("long", "is longer than 80 characters", "write the id of a term")
    return checked


TermId = Annotated[str, BeforeValidator(common(_term)), described(minLength=1, maxLength=80)]
"""The id of a vocabulary term; whether there is one is checked over the whole catalog."""


def _address(value: Any) -> str:
    return one_text(value, addresses.address_complaint, "address", _address_meant)


def _address_meant(text: str) -> str:
    """Says which address a text meant, if it is one but for its beginning."""
    whole = "https://" + text.removeprefix("http://").removeprefix("//")
    return f"write {whole}" if addresses.address_complaint(whole) is None else ""


Address = Annotated[
    str,
    BeforeValidator(_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://"}),
]
"""An https address of a public host."""


def _arxiv(value: Any) -> str:
    return one_text(value, addresses.arxiv_complaint, "identifier", _arxiv_meant)


def _arxiv_meant(text: str) -> str:
    """Says which arXiv identifier a text meant, or where to find it."""
    found = addresses.arxiv_in(text)
    return f'write "{found}"' if found else "copy it from the paper's page, and put it in quotes"


def _doi(value: Any) -> str:
    return one_text(value, addresses.doi_complaint, "identifier", _doi_meant)


def _doi_meant(text: str) -> str:
    """Says which DOI a text meant, or where to find it."""
    found = addresses.doi_in(text)
    return f"write {found}" if found else "copy it from the paper's page"


ArxivId = Annotated[str, BeforeValidator(_arxiv), described(examples=["2304.12306"])]
"""An arXiv identifier without version."""

Doi = Annotated[
    str,
    BeforeValidator(_doi),
    WithJsonSchema({"type": "string", "pattern": r"^10\.[0-9]{4,9}/\S+$"}),
]
"""A DOI without resolver."""


def _digits(value: Any) -> str:
    def complaint(text: str) -> str | None:
        return None if _NUMERAL.fullmatch(text) else "is not a number of up to nine digits"

    return one_text(value, complaint, "identifier", lambda _: "write its digits only")


Digits = Annotated[
    str,
    BeforeValidator(_digits),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": "^[1-9][0-9]{0,8}$"}, mode="validation"
    ),
]
"""An identifier that is a number."""


def _date(value: Any) -> dates.PartialDate:
    if isinstance(value, dates.PartialDate):
        return value
    checked = one_text(value, lambda _: None, "form")
    try:
        return dates.parse_date(checked)
    except ValueError as error:
        raise refuse("form", str(error), dates.suggestion(checked)) from None


class Typed(Generic[T]):
    """Gives a type of our own to pydantic: how it is read, written and described.

    What is written to JSON may have another form than what is read from YAML.
    """

    def __init__(
        self,
        read: Callable[[Any], T],
        write: Callable[[Any], Any],
        schema: dict[str, Any],
        written: dict[str, Any] | None = None,
    ) -> None:
        self._read, self._write, self._schema = read, write, schema
        self._written = written or schema

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read,
            serialization=core_schema.plain_serializer_function_ser_schema(self._write),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self._written if handler.mode == "serialization" else self._schema)


Date = Annotated[
    dates.PartialDate,
    Typed(_date, str, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"}),
]
"""A date, YYYY-MM-DD or YYYY-MM."""


def _whole(low: int, high: int) -> Any:
    def read(value: Any) -> int:
        checked = str(value) if type(value) is int else one_text(value, lambda _: None, "form")
        if not _NUMERAL.fullmatch(checked) or not low <= int(checked) <= high:
            said = f"is not a whole number from {low} to {high}"
            raise refuse("form", said, "write it in digits, without unit, sign or leading zero")
        return int(checked)

    schema = {
        "type": ["integer", "string"],
        "minimum": low,
        "maximum": high,
        "pattern": f"^{_NUMERAL.pattern}$",
    }
    return Typed(read, int, schema, {"type": "integer", "minimum": low, "maximum": high})


_NUMERAL = re.compile("(?:0|[1-9][0-9]{0,8})")
Year = Annotated[int, _whole(1900, 2100)]
"""A year of four digits."""

Whole = Annotated[int, _whole(0, 1_000_000)]
"""A whole number."""


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise refuse("choice", "is neither true nor false", "write true or false")


Flag = Annotated[
    bool, Typed(_flag, bool, {"enum": [True, False, "true", "false"]}, {"type": "boolean"})
]
"""True or false."""

__all__ = [
    "Address",
    "ArxivId",
    "Date",
    "Digits",
    "Doi",
    "Flag",
    "Line",
    "Missing",
    "OrMissing",
    "Prose",
    "Shape",
    "Slug",
    "TermId",
    "Typed",
    "Whole",
    "Year",
    "described",
    "one_text",
    "refuse",
]
