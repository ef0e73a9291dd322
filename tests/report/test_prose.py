from tutor.report.prose import Block, Run, blocks


def test_lines_of_a_paragraph_are_joined_and_an_empty_line_parts_two() -> None:
    read = blocks("One\nline.\n\nAnother.")

    assert [block.plain for block in read] == ["One line.", "Another."]


def test_items_stand_alone_even_without_an_empty_line_before_them() -> None:
    read = blocks("Think of:\n- the first\n- the second\n  goes on")

    assert [(block.kind, block.plain) for block in read] == [
        ("paragraph", "Think of:"),
        ("item", "the first"),
        ("item", "the second goes on"),
    ]


def test_bold_is_the_only_inline_markup() -> None:
    (block,) = blocks("It **stands by**, `always` [here](x) <b>.")

    assert block == Block(
        "paragraph", (Run("It "), Run("stands by", bold=True), Run(", `always` [here](x) <b>."))
    )
