"""Where a person's data lives: `TUTOR_HOME`, else the system's data folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything `tutor` keeps for one person."""

    folder: Path

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> "Home":
        """Return the folder `TUTOR_HOME` names, else the one platformdirs knows."""
        chosen = environ.get("TUTOR_HOME")
        if chosen:
            return cls(Path(chosen).expanduser())
        from platformdirs import user_data_path

        return cls(user_data_path("tutor", appauthor=False))

    @property
    def history(self) -> Path:
        """The database of attempts and marks."""
        return self.folder / "history.db"

    @property
    def journals(self) -> Path:
        """The folder of answers that are being written."""
        return self.folder / "journal"

    @property
    def outcomes(self) -> Path:
        """What the samples of rubrics came to in the last check."""
        return self.folder / "samples.json"

    @property
    def packs(self) -> Path:
        """The folder of installed packs, one folder each."""
        return self.folder / "packs"

    @property
    def drills(self) -> Path:
        """The folder of the logs of drills."""
        return self.folder / "drills"

    @property
    def classes(self) -> Path:
        """The folder of classes, one file each."""
        return self.folder / "classes"

    @property
    def config(self) -> Path:
        """The optional file of settings."""
        return self.folder / "config.toml"
