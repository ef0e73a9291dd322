"""The after-action report of a drill as one HTML file or as Markdown."""

import re
from dataclasses import dataclass
from typing import Literal

from tutor.core.drillreview import DrillReview
from tutor.locales import _, active_language
from tutor.report.drawing import damage_drawing
from tutor.report.drillview import drill_view
from tutor.report.render import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillLabels:
    """What the templates say by themselves; here, where the extraction of messages finds it."""

    report: str
    overview: str
    roles: str
    timeline: str
    measures: str
    measure: str
    team: str
    model: str
    strengths: str
    gaps: str
    plan: str
    no_plan: str
    action: str
    owner: str
    due: str
    state: str
    figures: str
    scores: str
    rating: str
    completeness: str
    order: str
    justification: str
    hot_wash: str
    damage: str
    nothing: str


def render_drill(review: DrillReview, format: Literal["html", "md"]) -> str:  # noqa: A002 - the word of the command line
    """Return the whole report, in the language spoken at the moment.

    HTML is one file without script or anything to load, for readers who have no account.
    """
    view = drill_view(review)
    written = (
        environment()
        .get_template(f"drill.{format}.j2")
        .render(
            view=view,
            say=_labels(),
            language=active_language(),
            case_language=review.case.language,
            damage=damage_drawing(view.damage) if view.damage else None,
        )
    )
    # Parts that have nothing to say leave empty lines behind.
    return re.sub(r"\n{3,}", "\n\n", written)


def _labels() -> DrillLabels:
    return DrillLabels(
        report=_("After-action report"),
        overview=_("Overview"),
        roles=_("Roles"),
        timeline=_("Timeline"),
        measures=_("Measures"),
        measure=_("Measure"),
        team=_("Team"),
        model=_("Model"),
        strengths=_("Strengths"),
        gaps=_("Areas for improvement"),
        plan=_("Improvement plan"),
        no_plan=_("No action was planned."),
        action=_("Action"),
        owner=_("Owner"),
        due=_("Due"),
        state=_("State"),
        figures=_("Five figures"),
        scores=_("Self, team, facilitator and engine"),
        rating=_("Rating, 0 to 3"),
        completeness=_("Completeness"),
        order=_("Order"),
        justification=_("Justification"),
        hot_wash=_("Hot wash"),
        damage=_("Damage"),
        nothing=_("Nothing to report."),
    )
