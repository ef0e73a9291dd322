"""Where the content that comes with the tutor stands."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def cases_dir() -> Path:
    """Return the folder of the bundled cases."""
    return _folder("cases")


def rubrics_dir() -> Path:
    """Return the folder of the bundled rubrics; `theory` in it holds the cards."""
    return _folder("rubrics")


def _folder(name: str) -> Path:
    """Look in the package first, then in the checkout: only a built wheel holds the former."""
    installed = _PACKAGE / "bundled" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
