"""`make words`: gathers the sentences from the code and brings the catalogues of all languages up to date.

What is translated stays. A sentence that was changed is a new one and waits empty for its translation; the old
translation is kept as a comment until nothing waits any more, so that a translator can take from it.
"""

import ast
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from messages.locale import CATALOGUES, ENGLISH, LANGUAGES, folder_of

HOUSE = Path(__file__).parent.parent
ROOMS = ("messages", "handlers", "workers", "bot")
"""Where sentences may stand."""
_LOCALE = re.compile(r"locale(\([^)]*\))?$")
"""How whatever has `say` and `count` of a language is called."""
_NOISE = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|'
    r"Generated-By):.*\n",
    re.MULTILINE,
)
"""Lines of a catalogue's head that say nothing here, and change with every day and every version."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One sentence in the code."""

    words: tuple[str, ...]
    """One; or that for one, and that for many."""
    path: str
    line: int
    about: str
    """What its function is for: the first thing a translator asks."""


class NotLiteral(Exception):  # noqa: N818 - a fact
    """A sentence that is made up elsewhere, so that nobody can gather it."""


def sentences(source: str, path: str) -> Iterator[Found]:
    """The sentences of one module, in its order. Raises `NotLiteral`."""
    for call, about in _calls(ast.parse(source), ""):
        args = call.args[:2] if isinstance(call.func, ast.Attribute) and call.func.attr == "count" else call.args[:1]
        words = tuple(arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
        if len(words) != len(args) or not words:
            raise NotLiteral(f"{path}:{call.lineno}: {ast.unparse(call)}")
        yield Found(words=words, path=path, line=call.lineno, about=about)


def _calls(node: ast.AST, about: str) -> Iterator[tuple[ast.Call, str]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        about = (ast.get_docstring(node) or "").partition("\n")[0] or about
    if isinstance(node, ast.Call) and is_of_a_locale(node.func):
        yield node, about
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, about)


def is_of_a_locale(func: ast.expr) -> bool:
    """Whether it is a language's `say` or `count`, and not a page's."""
    return (
        isinstance(func, ast.Attribute)
        and func.attr in {"say", "count"}
        and _LOCALE.search(ast.unparse(func.value)) is not None
    )


def modules() -> Sequence[Path]:
    """All in which people's words may stand."""
    return [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]


def gathered() -> Iterator[Found]:
    """All sentences of the code."""
    for path in modules():
        yield from sentences(path.read_text(encoding="utf-8"), path.relative_to(HOUSE).as_posix())


def template() -> Catalog:
    """The same as a catalogue without any translation."""
    catalogue = Catalog()
    for found in gathered():
        catalogue.add(
            found.words[0] if len(found.words) == 1 else found.words,
            locations=[(found.path, found.line)],
            auto_comments=[found.about] if found.about else (),
        )
    return catalogue


def catalogue_path(language: str) -> Path:
    """Where a translator works."""
    return CATALOGUES / folder_of(language) / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it lies there; an empty one where there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=folder_of(language), fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=folder_of(language))


def waiting(catalogue: Catalog) -> int:
    """How many sentences have no translation, or not in all forms."""
    forms = [one.string if isinstance(one.string, tuple) else (one.string,) for one in catalogue if one.id]
    return sum(not all(form) for form in forms)


def updated(language: str) -> Catalog:
    """A language's catalogue as it should be now; what is translated stays."""
    catalogue = read(language)
    catalogue.update(template(), no_fuzzy_matching=True)
    return catalogue


def text_of(catalogue: Catalog) -> str:
    """What a translator reads and mends."""
    written = io.BytesIO()
    write_po(
        written,
        catalogue,
        width=0,
        include_lineno=False,  # or every change of the code would change all catalogues
        sort_by_file=True,
        ignore_obsolete=not waiting(catalogue),
    )
    return _NOISE.sub("", written.getvalue().decode())


def write(language: str, catalogue: Catalog) -> None:
    """The catalogue, and what the bot reads of it."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(catalogue), encoding="utf-8")
    catalogue.creation_date = LONG_AGO
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


@click.command()
def main() -> None:
    """Bring all catalogues up to date."""
    for language, name in LANGUAGES.items():
        if language != ENGLISH:
            catalogue = updated(language)
            write(language, catalogue)
            click.echo(f"{name}: {len(catalogue)} sentences, {waiting(catalogue)} wait for a translation")


if __name__ == "__main__":
    main(prog_name="python -m sandbox.words")
