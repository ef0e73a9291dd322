from pathlib import Path

import pytest

from tutor.cli.config import Config, load_config
from tutor.core.errors import UsageError
from tutor.locales import activate


@pytest.fixture(autouse=True)
def english() -> None:
    activate("en")


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_no_wishes(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == Config()


def test_settings_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, 'ui_language = "en"\nengine = "lexical"\ntheme = "nord"\n')

    assert load_config(path) == Config(ui_language="en", engine="lexical", theme="nord")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ui_langage = 'de'", "unknown setting ui_langage, did you mean ui_language?"),
        ("ui_language = 'pl'", 'ui_language: found \'pl\', write "de" / "en"'),
        ("engine = 3", "engine: found 3, write"),
        ("ui_language = ", "mend or delete the file"),
    ],
)
def test_a_setting_that_is_not_understood_is_named_with_what_to_do(
    tmp_path: Path, text: str, said: str
) -> None:
    path = write(tmp_path, text)

    with pytest.raises(UsageError) as caught:
        load_config(path)

    assert said in str(caught.value)
    assert str(path) in str(caught.value)
