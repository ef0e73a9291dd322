"""The catalogues are complete, current and honest about their placeholders."""

import ast
import gettext
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tutor.locales import LANGUAGES, choose_language

LOCALES = Path(__file__).parent.parent / "tutor" / "locales"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"\{\w*[^}]*\}")


def catalogue_of(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "tutor.po").open("rb") as file:
        return read_po(file, locale=language)


def texts(said: str | Sequence[str]) -> tuple[str, ...]:
    """Return the one text of a message, or its singular and plural."""
    return (said,) if isinstance(said, str) else tuple(said)


@cache
def ids_in_code() -> set[str]:
    found = extract_from_dir(LOCALES.parent, keywords=KEYWORDS)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_interface_is_translated(language: str) -> None:
    catalogue = catalogue_of(language)
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue
        if message.id and message.string and all(message.string) and not message.fuzzy
    }

    assert ids_in_code() - translated == set(), "run `make messages` and translate"
    assert translated - ids_in_code() == set(), "run `make messages`"


def test_no_sentence_hides_in_an_f_string_where_the_extraction_does_not_look() -> None:
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in LOCALES.parent.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in KEYWORDS
    ]

    assert hidden == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_says_what_the_source_says(language: str) -> None:
    catalogue = catalogue_of(language)
    compiled = gettext.translation("tutor", LOCALES, languages=[language])

    for message in catalogue:
        if isinstance(message.id, str) and message.id:
            said = (
                compiled.pgettext(message.context, message.id)
                if message.context
                else compiled.gettext(message.id)
            )
            assert said == message.string


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_placeholders_and_the_swiss_spelling(language: str) -> None:
    messages = [message for message in catalogue_of(language) if message.id]

    for message in messages:
        ids, strings = texts(message.id), texts(message.string or "")
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        for text in strings:
            assert set(PLACEHOLDER.findall(text)) <= wanted, message.id
            assert "ß" not in text
        assert {n for text in strings for n in PLACEHOLDER.findall(text)} == wanted, message.id


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("en", "de"), "en"),
        ((None, "de_CH.UTF-8"), "de"),
        (("fr_CH.UTF-8", "en-GB"), "fr"),
        (("pl_PL.UTF-8", "en-GB"), "en"),
        (("C.UTF-8", None), "de"),
        ((), "de"),
    ],
)
def test_the_first_language_that_is_served_is_spoken(
    wishes: tuple[str | None, ...], language: str
) -> None:
    assert choose_language(wishes) == language
