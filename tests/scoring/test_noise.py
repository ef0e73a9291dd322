"""Markup says nothing; words that a candidate puts in brackets do."""

import pytest

from tutor.scoring.noise import without_code


@pytest.mark.parametrize(
    "text",
    [
        "Kunden [per Mail] informieren",
        "Kunden [informieren]",
        "die Aufträge [gebucht oder offen] abgleichen",
        "Hotline (0800 …) bekannt machen",
        "den Bestand prüfen [siehe Schritt 2]",
    ],
)
def test_words_in_brackets_are_words(text: str) -> None:
    assert without_code(text) == text


@pytest.mark.parametrize(
    "markup",
    [
        "[b]",
        "[/b]",
        "[bold red]",
        "[/]",
        "[link=http://x]",
        "[url=x]",
        "<b>",
        "{{ x }}",
        "\x1b[31m",
    ],
)
def test_markup_is_blanked_and_offsets_stay(markup: str) -> None:
    assert without_code(f"vor {markup} nach") == f"vor {' ' * len(markup)} nach"
