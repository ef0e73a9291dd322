"""The optional settings file `config.toml` in the tutor's home."""

from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from tutor.core.errors import UsageError
from tutor.locales import LANGUAGES, _

Engine = Literal["auto", "semantic", "lexical"]
# What exam boards grant; 1.0 takes a factor back.
TIME_FACTORS = (1.0, 1.25, 1.5, 2.0)

ENGINES: tuple[Engine, ...] = get_args(Engine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A person's settings; None leaves the choice to the program.

    `ui_language` is `de` or `en`, `theme` the name of a Textual theme, `engine` one of
    `auto`, `semantic` and `lexical`. `time_factor` and `hidden_clock` are the conditions under
    which this person sits every case.
    """

    ui_language: str | None = None
    theme: str | None = None
    engine: Engine | None = None
    time_factor: float | None = None
    hidden_clock: bool | None = None


def load_config(path: Path) -> Config:
    """Read the settings; a missing file is an empty one.

    Raises UsageError, with the file and what to do, for anything that is not understood.
    """
    if not path.is_file():
        return Config()
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            _("{path}: cannot be read ({error}), mend or delete the file").format(
                path=path, error=error
            )
        ) from error
    for key, value in values.items():
        _check(path, key, value)
    return Config(**values)


def _check(path: Path, key: str, value: object) -> None:
    known = [field.name for field in fields(Config)]
    if key not in known:
        near = get_close_matches(key, known, n=1)
        raise UsageError(
            _("{path}: unknown setting {key}, did you mean {known}?").format(
                path=path, key=key, known=near[0] if near else ", ".join(known)
            )
        )
    allowed = {"ui_language": LANGUAGES, "engine": ENGINES}.get(key)
    if key == "time_factor":
        _refuse_unless(value in TIME_FACTORS, path, key, value, " / ".join(map(str, TIME_FACTORS)))
    elif key == "hidden_clock":
        _refuse_unless(isinstance(value, bool), path, key, value, "true / false")
    else:
        fits = isinstance(value, str) and (not allowed or value in allowed)
        wanted = " / ".join(f'"{word}"' for word in allowed) if allowed else '"…"'
        _refuse_unless(fits, path, key, value, wanted)


def _refuse_unless(fits: bool, path: Path, key: str, value: object, allowed: str) -> None:
    if not fits:
        raise UsageError(
            _("{path}: {key}: found {value!r}, write {allowed}").format(
                path=path,
                key=key,
                value=value,
                allowed=allowed,
            )
        )
