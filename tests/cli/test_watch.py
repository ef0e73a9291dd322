"""A save is noticed, whichever way an editor writes."""

from pathlib import Path

from tutor.cli.watch import saves


def test_work_starts_at_once_and_follows_every_save(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    case = tmp_path / "cases" / "a.en.yaml"
    case.write_text("one", encoding="utf-8")
    heard = saves([tmp_path], wait=0)
    next(heard)

    case.write_text("one more", encoding="utf-8")
    next(heard)
    part = case.with_suffix(".part")
    part.write_text("two", encoding="utf-8")
    part.replace(case)
    next(heard)
    case.unlink()

    next(heard)
