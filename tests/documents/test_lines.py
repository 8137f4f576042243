from hypothesis import given
from hypothesis import strategies as st

from razpis.documents.fonts import BOLD, REGULAR, register_fonts
from razpis.documents.legal_text import Run
from razpis.documents.lines import Line, Style, break_lines, text_width

BODY = Style(size=10, leading=14)
register_fonts()


def broken(text: str, width: float, style: Style = BODY) -> list[str]:
    return [plain(line) for line in break_lines((Run(text),), style, width)]


def plain(line: Line) -> str:
    return "".join(text for _, text in line.pieces)


def width_of(text: str) -> float:
    return text_width(REGULAR, text) * BODY.size


def test_lines_are_filled_to_the_width_and_no_further():
    room = width_of("Občina dodeli")
    assert broken("Občina dodeli sredstva programu", room) == ["Občina dodeli", "sredstva", "programu"]
    assert broken("Občina dodeli sredstva", room - 0.01) == ["Občina", "dodeli", "sredstva"]


def test_a_no_break_space_holds_and_a_newline_breaks():
    assert broken("do 5.\u00a0maja", width_of("do 5.\u00a0ma")) == ["do", "5.\u00a0maja"]
    assert broken("ena\ndve\n\ntri", 500) == ["ena", "dve", "", "tri"]


def test_spaces_at_the_ends_and_in_a_row_are_one_space():
    assert broken("  ena   dve  ", 500) == ["ena dve"]


def test_no_text_gives_no_line():
    assert broken("", 500) == []
    assert broken("   ", 500) == []


def test_a_word_longer_than_the_line_is_cut_and_marked():
    room = width_of("žžž")
    lines = break_lines((Run("a žžžžžžžž b"),), BODY, room)
    assert [(plain(line), line.in_word) for line in lines] == [
        ("a", False),
        ("žžž", True),
        ("žžž", True),
        ("žž", False),
        ("b", False),
    ]


def test_a_cut_word_keeps_its_weights():
    room = width_of("aaaa")
    lines = break_lines((Run("aaa"), Run("bbb", bold=True)), BODY, room)
    assert "".join(map(plain, lines)) == "aaabbb"
    assert {font for line in lines for font, _ in line.pieces} == {REGULAR, BOLD}


def test_twenty_thousand_letters_without_a_space_are_cut_too():
    lines = break_lines((Run("ž" * 20_000),), BODY, 400)
    assert "".join(map(plain, lines)) == "ž" * 20_000


def test_a_word_may_change_weight_without_a_space():
    (line,) = break_lines((Run("znesek "), Run("12", bold=True), Run(".")), BODY, 500)
    assert line.pieces == ((REGULAR, "znesek "), (BOLD, "12"), (REGULAR, "."))


def test_a_bold_style_is_bold_throughout():
    (line,) = break_lines((Run("Skupaj"),), Style(size=9, leading=12, bold=True), 500)
    assert line.pieces == ((BOLD, "Skupaj"),)


@given(
    st.lists(st.tuples(st.text(alphabet="abčšž,\u00a0 \n", max_size=40), st.booleans()), max_size=6),
    st.floats(min_value=12, max_value=200),
)
def test_nothing_is_lost_and_nothing_sticks_out(parts, width):
    runs = tuple(Run(text, bold) for text, bold in parts)
    lines = break_lines(runs, BODY, width)
    read = "".join(plain(line) + ("" if line.in_word else " ") for line in lines)
    words = "".join(run.text for run in runs).replace("\n", " ")
    assert [word for word in read.split(" ") if word] == [word for word in words.split(" ") if word]
    for line in lines:
        measured = sum(text_width(font, text) for font, text in line.pieces)
        assert measured * BODY.size <= width + 1e-3
        assert abs(measured - line.width) < 1e-6
