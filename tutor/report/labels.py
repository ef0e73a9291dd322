"""The headings and small words of a report.

They stand here and not in the templates, where the extraction of messages would not find them.
"""

from dataclasses import dataclass

from tutor.locales import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the templates say by themselves, by the name they use for it."""

    debrief: str
    theory: str
    pitfalls: str
    why_it_hurts: str
    measures: str
    why: str
    nothing_said: str
    reason: str
    answer: str
    set_off: str
    for_measure: str
    for_reason: str
    for_pitfall: str
    steps: str
    nothing_written: str
    order: str
    own_order: str
    model: str
    model_solution: str
    measure: str
    you: str
    time: str
    damage: str
    no_effect: str


def labels() -> Labels:
    """Return the words in the language spoken at the moment."""
    return Labels(
        debrief=_("Debrief"),
        theory=_("Theory"),
        pitfalls=_("Pitfalls"),
        why_it_hurts=_("Why it hurts:"),
        measures=_("Measure by measure"),
        why=_("Why:"),
        nothing_said=_("Nothing in your answer says this."),
        reason=_("Reason"),
        answer=_("Your answer"),
        set_off=_("Set off:"),
        for_measure=_("measure"),
        for_reason=_("reason"),
        for_pitfall=_("pitfall"),
        steps=_("Step by step"),
        nothing_written=_("You wrote nothing that can be marked."),
        order=_("Order"),
        own_order=_("Your order"),
        model=_("Model"),
        model_solution=_("Model solution"),
        measure=_("Measure"),
        you=_("You"),
        time=_("Time"),
        damage=_("Damage"),
        no_effect=_("No measure of yours slowed the damage down."),
    )
