"""Papers: that they are tagged, say their language and title, and that words stay words."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from lykta.core import clock
from lykta.core.paper import NotSet, Paper, as_pdf


def paper(*words: str) -> Paper:
    made = Paper("Anmälan", "Testcentrum", clock.now(), over="Testcentrum")
    made.heading("Vad jag har sett")
    for one in words:
        made.words(one)
    return made


def read(made: Paper) -> tuple[PdfReader, str]:
    found = PdfReader(BytesIO(as_pdf(made)))
    return found, "\n".join(page.extract_text() for page in found.pages)


def tags(node) -> list[str]:
    """Every tag of the tree, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for one in node for tag in tags(one)]
    if not isinstance(node, dict):
        return []
    return ([str(node["/S"])] if "/S" in node else []) + tags(node.get("/K", []))


def test_a_paper_is_tagged_and_says_its_language_and_title():
    made = paper("Åsa såg en ö.")
    made.rows([("Vem", "Påhittad Åsa"), ("Tom", " ")])
    made.table(["När", "Vem"], [["i dag", "Åsa"]], widths=[1, 2])
    found, text = read(made)
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == "Anmälan"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert {"/H1", "/P", "/L", "/Table", "/TH", "/TD"} <= set(tags(root["/StructTreeRoot"]))
    for words in ("Vad jag har sett", "Åsa såg en ö.", "Påhittad Åsa", "När"):
        assert words in text
    assert "Tom" not in text


def test_its_fonts_lie_in_it():
    found, _ = read(paper("Åsa"))
    fonts = found.pages[0]["/Resources"]["/Font"].values()
    inside = [f.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts]
    assert inside != []
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.get_object()) for one in inside)


@pytest.mark.parametrize(
    "words",
    ['#read("/etc/passwd")', "*inte fet* _inte kursiv_ $x$ @ref <märke>", "= Ingen rubrik", '#import "@preview/x:1.0"'],
)
def test_words_are_never_markup(words):
    assert words in read(paper(words))[1]


def test_a_sign_without_a_shape_stands_as_its_number_and_control_signs_are_left_out():
    text = read(paper("Hej 😀 สวัสดี\x07\x00 slut"))[1]
    assert "Hej [U+1F600] [U+0E2A]" in text
    assert "slut" in text


def test_lines_and_paragraphs_stand_as_they_were_written():
    assert "ett\ntvå\ntre" in read(paper("ett\r\ntvå\n\ntre"))[1].replace("\n\n", "\n")


def test_what_can_not_be_set_says_so_without_a_word_of_it():
    made = Paper("Anmälan", "x", clock.now(), lang="inget språk")
    made.words("hemligt")
    with pytest.raises(NotSet) as why:
        as_pdf(made)
    assert "hemligt" not in repr(why.value)
