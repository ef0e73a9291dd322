"""A class on one page: results, measures, pitfalls, agreement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.core.agreement import MACHINE, PEOPLE, AgreementRow
from tutor.core.case import Case
from tutor.core.classroom import Kind
from tutor.core.grade import MAX_RATING
from tutor.core.items import ClassItems, Item
from tutor.core.plaintext import clean
from tutor.core.rubric import Rubric
from tutor.locales import _, active_language
from tutor.report.order import one_line
from tutor.report.words import answers_of, area_name, percent

# Drawing units; the page scales them.
_WIDTH, _ROW, _LABEL = 640, 26, 300
_COLUMN_HEIGHT, _COLUMN = 120, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a plot with its two labels, where they stand, in drawing units."""

    x: int
    y: int
    width: int
    height: int
    label: str
    figure: str
    label_x: int
    label_y: int
    figure_x: int
    figure_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Bars and the size of the drawing they stand in."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def render_class(
    name: str, case: Case, rubric: Rubric, found: ClassItems, agreements: Sequence[AgreementRow]
) -> str:
    """Return the report as one HTML file without script or anything to load."""
    from tutor.report.render import environment

    texts = {measure.id: one_line(measure.text) for measure in rubric.measures}
    pitfalls = {pitfall.id: one_line(pitfall.text) for pitfall in rubric.pitfalls}
    return (
        environment()
        .get_template("class.html.j2")
        .render(
            language=active_language(),
            say=_labels(),
            name=clean(name),
            title=clean(case.title),
            facts=_facts(case, found),
            ratings=_columns(found.ratings),
            found=_bars(found.items, texts),
            items=[_row(item, texts[item.measure]) for item in found.items],
            nobody=[texts[measure] for measure in found.nobody],
            pitfalls=[
                (pitfalls[key], count)
                for key, count in sorted(found.pitfalls, key=lambda pair: -pair[1])
                if count
            ],
            agreements=[_agreement(row) for row in agreements],
            is_small=any(row.agreement.is_small for row in agreements),
        )
    )


def _labels() -> Mapping[str, str]:
    return {
        "report": _("Class report"),
        "ratings": _("Ratings"),
        "measures": _("Measures"),
        "measure": _("Measure"),
        "found": _("Found by"),
        "discrimination": _("Discrimination"),
        "place": _("Mean place"),
        "nobody": _("Nobody finds this"),
        "pitfalls": _("Pitfalls"),
        "agreement": _("Agreement"),
        "compared": _("Compared"),
        "about": _("About"),
        "same": _("Same"),
        "kappa": _("Kappa"),
        "weighted": _("Weighted kappa"),
        "small": _("Figures from fewer than 30 answers say little."),
        "explained": _(
            "Discrimination is the correlation of a measure with all the others: near 0 or below, "
            "strong answers find it no more often than weak ones."
        ),
        "assumed": _(
            "Grades are assumed: 1 + 5 × points / max, in halves. The official formula is not "
            "public."
        ),
    }


def _facts(case: Case, found: ClassItems) -> tuple[str, ...]:
    facts = [answers_of(found.count, found.candidates)]
    if found.unsettled:
        facts.append(_("Left out until settled: {count}").format(count=found.unsettled))
    if found.outdated:
        facts.append(
            _("Left out until `tutor class regrade`: {count}").format(count=found.outdated)
        )
    if case.competence_area:
        facts.append(f"{case.competence_area.value} {area_name(case.competence_area)}")
    if found.points is not None:
        facts.append(_("{share} of the points on average").format(share=percent(found.points)))
    return tuple(facts)


def _columns(ratings: Sequence[tuple[int, int]]) -> Plot:
    """Draw how often each rating was given."""
    most = max((count for _rating, count in ratings), default=0) or 1
    bars = []
    for rating, count in ratings:
        height = round(_COLUMN_HEIGHT * count / most)
        x = 10 + rating * _COLUMN
        bars.append(
            Bar(
                x=x,
                y=20 + _COLUMN_HEIGHT - height,
                width=_COLUMN - 20,
                height=height,
                label=str(rating),
                figure=str(count),
                label_x=x + (_COLUMN - 20) // 2,
                label_y=_COLUMN_HEIGHT + 38,
                figure_x=x + (_COLUMN - 20) // 2,
                figure_y=14 + _COLUMN_HEIGHT - height,
            )
        )
    return Plot(width=20 + (MAX_RATING + 1) * _COLUMN, height=_COLUMN_HEIGHT + 46, bars=tuple(bars))


def _bars(items: Sequence[Item], texts: Mapping[str, str]) -> Plot:
    """Draw by how many each measure was found."""
    room = _WIDTH - _LABEL - 60
    bars = []
    for row, item in enumerate(items):
        width = round(room * (item.found or 0.0))
        text = texts[item.measure]
        bars.append(
            Bar(
                x=_LABEL,
                y=row * _ROW + 4,
                width=width,
                height=_ROW - 8,
                label=text if len(text) <= 48 else f"{text[:47]}…",
                figure=_share(item),
                label_x=_LABEL - 8,
                label_y=row * _ROW + _ROW // 2,
                figure_x=_LABEL + width + 6,
                figure_y=row * _ROW + _ROW // 2,
            )
        )
    return Plot(width=_WIDTH, height=len(items) * _ROW, bars=tuple(bars))


def _row(item: Item, text: str) -> tuple[str, str, str, str]:
    return (
        text,
        _share(item),
        "–" if item.discrimination is None else f"{item.discrimination:.2f}",
        "–" if item.position is None else f"{item.position:.1f}",
    )


def _share(item: Item) -> str:
    return "–" if item.found is None else percent(item.found)


def _agreement(row: AgreementRow) -> tuple[str, str, str, str, str, str]:
    named = {MACHINE: _("machine"), PEOPLE: _("people")}
    about = _("all measures")
    if row.subject is not None:
        kind = _("rating") if row.subject.kind is Kind.RATING else _("measure")
        about = f"{kind} {clean(row.subject.key)}"
    agreement = row.agreement
    return (
        " – ".join(clean(named.get(who, who)) for who in (row.one, row.other)),
        about,
        str(agreement.count),
        "–" if agreement.share is None else percent(agreement.share),
        "–" if agreement.kappa is None else f"{agreement.kappa:.2f}",
        "–" if agreement.weighted is None else f"{agreement.weighted:.2f}",
    )
