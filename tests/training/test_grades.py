import json
from pathlib import Path
from random import Random

from training.grades import draw, read_grades


def written(path: Path, splits: list[str]) -> Path:
    rows = [
        {
            "rubric_elements": [f"part of {number % 3}"],
            "answer": f"answer {number}",
            "score": 0.5,
            "split": split,
        }
        for number, split in enumerate(splits)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_only_the_training_split_is_drawn(tmp_path: Path) -> None:
    answers = read_grades(written(tmp_path / "g.jsonl", ["train", "test_unseen_answers"] * 20))

    drawn = [answer for batch in draw(answers, 100, Random(1)) for answer in batch]

    assert len(drawn) == 20
    assert {answer.split for answer in drawn} == {"train"}


def test_a_batch_holds_one_set_of_parts(tmp_path: Path) -> None:
    answers = read_grades(written(tmp_path / "g.jsonl", ["train"] * 90))

    batches = list(draw(answers, 60, Random(1)))

    assert sum(map(len, batches)) == 60
    assert all(len({answer.parts for answer in batch}) == 1 for batch in batches)
