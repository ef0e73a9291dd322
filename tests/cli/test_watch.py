"""A save is noticed, whichever way an editor writes."""

from pathlib import Path

from tutor.cli.watch import saves, stamp
from tutor.session.checking import watched


def test_work_starts_at_once_and_follows_every_save(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    case = tmp_path / "cases" / "a.en.yaml"
    case.write_text("one", encoding="utf-8")
    heard = saves(lambda: watched([tmp_path]), wait=0)
    next(heard)

    case.write_text("one more", encoding="utf-8")
    next(heard)
    part = case.with_suffix(".part")
    part.write_text("two", encoding="utf-8")
    part.replace(case)
    next(heard)
    case.unlink()

    next(heard)


def test_the_other_half_counts_and_whatever_else_lies_around_does_not(tmp_path: Path) -> None:
    for name in ("cases", "rubrics", "home"):
        (tmp_path / name).mkdir()
    case, rubric = tmp_path / "cases" / "a.en.yaml", tmp_path / "rubrics" / "a.en.yaml"
    case.write_text("one", encoding="utf-8")
    before = stamp(watched([case]))

    (tmp_path / "home" / "outcomes.json").write_text("{}", encoding="utf-8")
    (tmp_path / "rubrics" / "b.en.yaml").write_text("other", encoding="utf-8")
    other = stamp(watched([case]))
    rubric.write_text("one", encoding="utf-8")
    both = stamp(watched([case]))

    assert other == before
    assert both != before
