"""The three file formats: what may stand in a case, a rubric and a theory card.

This is the whole list of keys; what must hold between values stands in `rules`.
"""

import re

from tutor.content.kinds import (
    ID_PATTERN,
    Choice,
    Flag,
    Number,
    OneNumberOf,
    Schema,
    Shaped,
    Text,
    Whole,
)
from tutor.content.structures import Key, ListOf, MapOf, Range, Record
from tutor.core.answer import Step
from tutor.core.case import (
    Case,
    CompetenceArea,
    Condition,
    Inject,
    KeyQuestion,
    Kind,
    Role,
    RoleHint,
)
from tutor.core.rubric import Effect, Impact, Measure, Phase, Pitfall, Rubric, Sample
from tutor.core.silence import LintRule, Silence
from tutor.core.theory import TheoryCard
from tutor.locales import _


def _seconds(text: str) -> int:
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def condition(
    measure: str, done_by: int | None = None, not_done_by: int | None = None
) -> Condition:
    """Return the condition of an inject; `rules` sees to it that one of the times is given."""
    by_seconds = not_done_by if done_by is None else done_by
    return Condition(measure=measure, by_seconds=by_seconds or 0, is_done=not_done_by is None)


ID = Shaped(
    rule="bad-id",
    pattern=ID_PATTERN,
    describe=lambda: _("small letters, digits and single hyphens, as in `it-outage`"),
    convert=str,
    empty="",
)
# The shape of BCP 47 in its recommended spelling: language, script, region, variants.
LANGUAGE = Shaped(
    rule="bad-language",
    pattern=re.compile(
        r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8}){0,3}"
    ),
    describe=lambda: _("a language tag such as `de`, `en` or `fr-CH`"),
    convert=str,
    empty="",
)
DRILL_TIME = Shaped(
    rule="bad-time",
    pattern=re.compile(r"(?:[0-9]{1,2}:[0-5][0-9]|[0-9]{1,3}):[0-5][0-9]", re.ASCII),
    describe=lambda: _("minutes and seconds such as `02:30`, or `1:02:30`"),
    convert=_seconds,
    empty=0,
)

TEXT = Text()
LINE = Text(is_line=True)
MARKDOWN = Text(is_markdown=True)
TEXTS = ListOf(TEXT)
IDS = ListOf(ID)

# The upper limits are far beyond any real case and keep sums and plots finite.
HOURS = Number(0, 100_000)
HORIZON = Number(0, 100_000, excludes_low=True)
LOSS_PER_HOUR = Number(0, 1e9)
SHARE = Number(0, 1)
WEIGHT = Number(0, 100, excludes_low=True)
RISE = Number(0, 10, excludes_low=True)

VERSION = Key(Schema(), field=None)
# What the check warns of and the author stands by, with the reason.
SILENCES = Key(
    ListOf(
        Record(
            Silence,
            {
                "rule": Key(Choice(LintRule)),
                "at": Key(LINE, is_optional=True),
                "reason": Key(LINE),
            },
        )
    ),
    field="silences",
    is_optional=True,
)

CONDITION = Record(
    condition,
    {
        "measure": Key(ID),
        "done_by": Key(DRILL_TIME, is_optional=True),
        "not_done_by": Key(DRILL_TIME, is_optional=True),
    },
)

CASE = Record(
    Case,
    {
        "schema": VERSION,
        "id": Key(ID),
        "language": Key(LANGUAGE),
        "title": Key(LINE),
        "kind": Key(Choice(Kind)),
        "competence_area": Key(Choice(CompetenceArea), is_optional=True),
        "minutes": Key(Whole(1, 240)),
        "situation": Key(MARKDOWN),
        "task": Key(MARKDOWN),
        "key_questions": Key(
            ListOf(
                Record(
                    KeyQuestion,
                    {
                        "id": Key(ID),
                        "text": Key(TEXT),
                        "weight": Key(Whole(1, 100), is_optional=True),
                    },
                ),
                at_least=1,
                unique_by="id",
            )
        ),
        "injects": Key(
            ListOf(
                Record(
                    Inject,
                    {
                        "id": Key(ID),
                        "at": Key(DRILL_TIME, field="at_seconds", is_optional=True),
                        "when": Key(CONDITION, is_optional=True),
                        "audience": Key(Choice(Role)),
                        "text": Key(TEXT),
                        "hint": Key(TEXT, is_optional=True),
                        "expects": Key(IDS, is_optional=True),
                        "raises": Key(RISE, is_optional=True),
                    },
                ),
                unique_by="id",
            ),
            is_optional=True,
        ),
        "roles": Key(
            ListOf(
                Record(RoleHint, {"role": Key(Choice(Role)), "hint": Key(TEXT)}),
                unique_by="role",
            ),
            is_optional=True,
        ),
        "sources": Key(TEXTS, is_optional=True),
        "licence": Key(LINE, is_optional=True),
        "silence": SILENCES,
    },
    defaults={"competence_area": None},
)

SAMPLE = Record(
    Sample,
    {
        "name": Key(LINE),
        "steps": Key(
            ListOf(
                Record(
                    Step,
                    {
                        "measure": Key(TEXT),
                        "reason": Key(Text(may_be_empty=True), is_optional=True),
                    },
                )
            ),
            is_optional=True,
        ),
        "text": Key(Text(may_be_empty=True), is_optional=True),
        "expect": Key(MapOf(Range(OneNumberOf((0, 0.5, 1)))), is_optional=True),
        "expect_rating": Key(MapOf(Range(Whole(0, 3))), is_optional=True),
        "expect_pitfalls": Key(IDS, is_optional=True),
        "needs": Key(Flag("semantic"), field="needs_semantic", is_optional=True),
    },
)

RUBRIC = Record(
    Rubric,
    {
        "schema": VERSION,
        "case": Key(ID),
        "language": Key(LANGUAGE),
        "phases": Key(
            ListOf(Record(Phase, {"id": Key(ID), "label": Key(LINE)}), at_least=1, unique_by="id")
        ),
        "measures": Key(
            ListOf(
                Record(
                    Measure,
                    {
                        "id": Key(ID),
                        "phase": Key(ID),
                        "text": Key(TEXT),
                        "reason": Key(TEXT),
                        "weight": Key(WEIGHT, is_optional=True),
                        "after": Key(IDS, is_optional=True),
                        "paraphrases": Key(TEXTS, is_optional=True),
                        "not": Key(TEXTS, field="near_misses", is_optional=True),
                        "effect": Key(
                            Record(Effect, {"takes_hours": Key(HOURS), "reduces": Key(SHARE)}),
                            is_optional=True,
                        ),
                        "theory": Key(ID, is_optional=True),
                    },
                ),
                at_least=1,
                unique_by="id",
            )
        ),
        "pitfalls": Key(
            ListOf(
                Record(
                    Pitfall,
                    {
                        "id": Key(ID),
                        "text": Key(TEXT),
                        "why": Key(TEXT),
                        "paraphrases": Key(TEXTS, is_optional=True),
                    },
                ),
                unique_by="id",
            ),
            is_optional=True,
        ),
        "impact": Key(
            Record(
                Impact,
                {"unit": Key(LINE), "per_hour": Key(LOSS_PER_HOUR), "horizon_hours": Key(HORIZON)},
            ),
            is_optional=True,
        ),
        "samples": Key(ListOf(SAMPLE, unique_by="name"), is_optional=True),
        "silence": SILENCES,
    },
    defaults={"sha256": ""},
)

CARD = Record(
    TheoryCard,
    {
        "schema": VERSION,
        "id": Key(ID),
        "language": Key(LANGUAGE),
        "title": Key(LINE),
        "text": Key(MARKDOWN),
        "licence": Key(LINE, is_optional=True),
    },
)
