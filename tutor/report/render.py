"""A debrief as one HTML file, as Markdown or as JSON."""

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from tutor.core.debrief import Debrief
from tutor.locales import active_language

if TYPE_CHECKING:
    from jinja2 import Environment

Format = Literal["html", "md", "json"]


def render(debrief: Debrief, format: Format) -> str:  # noqa: A002 - the word of the command line
    """Return the whole debrief in a format, in the language spoken at the moment.

    HTML is one file without script or anything to load. See `tutor.report.record` for the
    keys of JSON.
    """
    if format == "json":
        from tutor.report.record import debrief_record

        # Escaping what is not ASCII keeps lone surrogates and controls out of the file.
        return json.dumps(debrief_record(debrief), indent=2, ensure_ascii=True) + "\n"
    from tutor.report.drawing import damage_drawing, order_drawing
    from tutor.report.labels import labels
    from tutor.report.view import debrief_view

    view = debrief_view(debrief)
    template = environment().get_template(f"debrief.{format}.j2")
    written = template.render(
        view=view,
        say=labels(),
        language=active_language(),
        case_language=debrief.case.language,
        order=order_drawing(view.order),
        damage=damage_drawing(view.damage) if view.damage else None,
    )
    # Parts that have nothing to say leave empty lines behind.
    return re.sub(r"\n{3,}", "\n\n", written)


@cache
def environment() -> "Environment":
    """Return what all templates have in common: safe escaping, and filters for Markdown."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    from tutor.report.markdown import escaped, escaped_lines

    environment = Environment(
        loader=PackageLoader("tutor.report"),
        # Only HTML is escaped by itself; every expression of the Markdown template names `md`.
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escaped
    environment.filters["md_lines"] = escaped_lines
    return environment
