"""The progress as one HTML file, without script or anything to load."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.core.progress import Performance, Progress
from tutor.locales import _, active_language
from tutor.report.drawing import Tick
from tutor.report.progress import Course, courses, plot_points, progress_sections
from tutor.report.words import date_words

# Drawing units; the page scales them.
WIDTH, HEIGHT = 420, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 10, 10, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One attempt; its style is `first` or `repeat`."""

    x: str
    y: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDrawing:
    """One figure from attempt to attempt, with its axes."""

    name: str
    width: int
    height: int
    axes: str
    path: str
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]


def render_progress(progress: Progress) -> str:
    """Return the progress as HTML, in the language spoken at the moment."""
    from tutor.report.render import environment

    return (
        environment()
        .get_template("progress.html.j2")
        .render(
            language=active_language(),
            title=_("Progress"),
            dots=_("Full dots are first attempts, open ones repeats."),
            day=date_words(progress.as_of),
            sections=progress_sections(progress),
            drawings=[
                course_drawing(course, progress.performances)
                for course in courses(progress.performances)
                if progress.performances
            ],
            assumption=_("* Grades are assumed: 1 + 5 × points / max, in halves."),
        )
    )


def course_drawing(course: Course, performances: Sequence[Performance]) -> CourseDrawing:
    """Lay a course out from 0 to 100 per cent, the attempts at equal distances."""
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    steps = max(len(performances) - 1, 1)
    places = [
        (_LEFT + 8 + (right - _LEFT - 8) * (number - 1) / steps, bottom - (bottom - _TOP) * v / 100)
        for number, v in plot_points(course.values)
    ]
    styles = [
        "first" if performances[number - 1].is_first else "repeat"
        for number, _value in plot_points(course.values)
    ]
    return CourseDrawing(
        name=course.name,
        width=WIDTH,
        height=HEIGHT,
        axes=f"M{_LEFT} {_TOP} V{bottom} H{right}",
        path="M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places) if places else "",
        dots=tuple(
            Dot(x=f"{x:.1f}", y=f"{y:.1f}", style=style)
            for (x, y), style in zip(places, styles, strict=True)
        ),
        ticks=tuple(
            Tick(
                x=str(_LEFT - 6),
                y=f"{bottom - (bottom - _TOP) * share / 100 + 4:.1f}",
                text=f"{share} %",
                anchor="end",
            )
            for share in (0, 50, 100)
        ),
    )
