import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tutor.core.plaintext import clean
from tutor.report.markdown import escaped, escaped_lines

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_back(markdown: str) -> str:
    """Return the words a reader sees, where there is nothing but one paragraph."""
    html = PARSER.render(markdown)
    assert re.fullmatch(r"<p>.*</p>\n", html, re.DOTALL), html
    inside = html.removeprefix("<p>").removesuffix("</p>\n")
    assert "<" not in inside, html
    return unescape(inside)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])))
@example("1. first")
@example("- item")
@example("    code")
@example("# heading")
@example("<script>alert(1)</script>")
@example("[link](http://example.org) ![image](x) &amp; **bold** `code` ~~gone~~")
@example("---")
@example("| a | b |")
def test_any_text_reads_in_markdown_as_those_very_characters(text: str) -> None:
    line = " ".join(clean(text).split())
    if not line:
        return

    assert read_back(escaped(line)) == line


@pytest.mark.parametrize("text", ["one\ntwo", "1. one\n2. two", "# one\n\n---\n> two"])
def test_the_lines_of_a_free_text_stay_lines_of_one_quotation(text: str) -> None:
    html = PARSER.render(f"> {escaped_lines(text)}")

    assert html.startswith("<blockquote>")
    assert unescape(re.sub("<[^>]+>|\n", "", html)) == text.replace("\n", "")


def test_spaces_at_the_edges_stay_because_highlighted_words_stand_beside_them() -> None:
    assert escaped(" at a host ") == " at a host "
