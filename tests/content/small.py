"""The smallest case, rubric and theory card that are right, as files."""

from pathlib import Path

CASE = """\
schema: 1
id: outage
language: en
title: The shop is down
kind: critical-incident
minutes: 7
situation: The server is gone.
task: What do you do?
key_questions:
  - {id: procedure, text: Is the procedure plausible?}
silence:
  - {rule: situation-length, reason: As small as can be.}
  - {rule: role-first, reason: As small as can be.}
  - {rule: task-order, reason: As small as can be.}
  - {rule: task-reasons, reason: As small as can be.}
  - {rule: no-area, reason: As small as can be.}
"""
RUBRIC = """\
schema: 1
case: outage
language: en
phases:
  - {id: contain, label: At once}
measures:
  - {id: page, phase: contain, text: Put up a page., reason: Customers know.}
  - {id: backup, phase: contain, text: Restore the backup., reason: It is shorter.}
pitfalls:
  - {id: wait, text: Wait., why: The loss goes on.}
samples:
  - name: strong
    steps:
      - measure: Redirect the domain to a page
    expect:
      page: 1
      backup: [0, 0.5]
    expect_rating: {procedure: [1, 2]}
    expect_pitfalls: [wait]
  - name: as text
    text: We restore the shop
    expect: {backup: 0}
    needs: semantic
silence:
  - {rule: no-sample, reason: As small as can be.}
  - {rule: no-weak-sample, reason: As small as can be.}
  - {rule: no-hostile-sample, reason: As small as can be.}
"""
CARD = f"""\
schema: 1
id: backup
language: en
title: Backup
text: {"A backup brings data back. " * 20}
"""


def write(root: Path, path: str, content: str) -> Path:
    """Write a file below a folder; its name gives the id and the language."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    name, language = file.stem.split(".")
    content = content.replace(": outage\n", f": {name}\n").replace(": en\n", f": {language}\n")
    file.write_text(content.replace("id: backup\n", f"id: {name}\n"), encoding="utf-8")
    return file


def write_pair(root: Path, name: str = "outage.en") -> None:
    """Write a case and its rubric."""
    write(root, f"cases/{name}.yaml", CASE)
    write(root, f"rubrics/{name}.yaml", RUBRIC)
