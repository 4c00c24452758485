"""Results that are words, questions about a prompt, preferences: all fit Telegram's limits, whatever is written."""

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from domain.doubt import BadRatio, Doubt, NoValue, OutOfRange, UnknownFlag, UnknownVersion
from domain.proposals import AGAIN, ALL, DRAW, KEYCAPS, Weight, read_shortened
from domain.task import Button, Describe, PictureId, Shorten, Task, TaskState
from messages import callback, care, preferences, proposals
from messages.words import Words
from services.care import MOST_PICTURES, look
from tests.messages.samples import EN, NOON, a_button, a_task, check, entity_texts, kinds, prompts, written

texts = st.lists(st.sampled_from([*KEYCAPS, "**", "~~", "\n", "\n\n", "# x\n", "🦊" * 900]) | written).map("".join)


def described(text: str | None) -> Task:
    submission = Describe(picture=PictureId("photo"))
    return a_task(state=TaskState.SUCCEEDED, submission=submission, prompt="", title="/describe", text=text)


def shortened(text: str | None) -> Task:
    return a_task(state=TaskState.SUCCEEDED, submission=Shorten(prompt="a fox"), title="/shorten", text=text)


@settings(deadline=None)
@given(texts)
def test_results_in_words_fit_and_every_proposal_is_copied_by_a_tap(text: str) -> None:
    for task in (described(text), shortened(text)):
        words = proposals.result(task, EN)
        check(words)
        assert kinds(words).count(MessageEntity.CODE) <= 5


def test_words_that_fit_are_shown_whole() -> None:
    four = [f"{'fox ' * 200}{number} --ar 3:2" for number in range(4)]
    words = proposals.result(described("\n\n".join(f"{KEYCAPS[n]} {one}" for n, one in enumerate(four))), EN)
    assert entity_texts(words) == four
    assert all(f"{KEYCAPS[n]} {one}" in words.text for n, one in enumerate(four))


def test_weights_are_bold_and_struck_as_entities_and_at_most_a_hundred() -> None:
    words = proposals.result(shortened("## Important tokens\na ~~very~~ **fox**\n## Shortened prompts\n1️⃣ fox"), EN)
    assert entity_texts(words) == ["very", "fox", "fox"]
    assert kinds(words) == [MessageEntity.STRIKETHROUGH, MessageEntity.BOLD, MessageEntity.CODE]
    check(proposals.result(shortened("**a** ~~b~~ " * 600 + "1️⃣ fox"), EN))
    assert read_shortened("**a**").proposals == ("a",)
    assert not read_shortened("**a**").weighed
    assert read_shortened("**a**\n1️⃣ b").weighed[0].weight is Weight.HEAVY


def test_a_result_without_words_says_so_and_can_be_asked_again() -> None:
    for text in (None, "", "   "):
        assert "gave no words" in proposals.result(described(text), EN).text
        check(proposals.result(shortened(text), EN))


def a_row(*, pressed: int = -1) -> list[Button]:
    numbers = [
        a_button(n, f"{DRAW}{n}", KEYCAPS[n - 1], pressed_at=NOON if n == pressed else None) for n in range(1, 5)
    ]
    return [*numbers, a_button(8, ALL, "🎉"), a_button(9, AGAIN, "🔄"), a_button(10, "MJ::Job::PicReader::1", "", "1️⃣")]


def test_the_keyboard_is_ours_and_the_providers_own_is_left_out() -> None:
    shown = proposals.keyboard(described(""), a_row(pressed=2), EN)
    assert [[button.text for button in row] for row in shown.inline_keyboard] == [
        ["1️⃣", "✓ 2️⃣", "3️⃣", "4️⃣"],
        ["🎉 All (4 charges)"],
        ["🔄 Again", "🗑"],
    ]
    check(Words(text="x", keyboard=shown))
    data = [button.callback_data for row in shown.inline_keyboard for button in row]
    assert data[:6] == [callback.data(callback.PROPOSAL, number) for number in (1, 2, 3, 4, 8, 9)]


concerns = st.one_of(
    st.builds(UnknownFlag, flag=written, nearest=written),
    st.builds(UnknownVersion, flag=written, value=written, nearest=written),
    st.builds(BadRatio, value=written, nearest=written),
    st.builds(OutOfRange, flag=written, value=written, low=st.just("0"), high=st.just("9"), nearest=written),
    st.builds(NoValue, flag=written),
)
doubts = st.builds(
    Doubt,
    concerns=st.lists(concerns, max_size=8).map(tuple),
    repair=written,
    repaired=st.just(()) | st.just(("a", "b")),
    expanded=st.just(("a",)) | st.just(("a", "b")),
    too_many=st.booleans(),
)


@settings(deadline=None)
@given(prompts.filter(bool), doubts)
def test_every_question_fits(prompt: str, doubt: Doubt) -> None:
    check(care.question(prompt, 7, doubt, EN))
    check(preferences.usual_kept("--s 5", doubt, EN, for_chat=True))


def test_the_number_that_is_told_is_the_number_that_holds() -> None:
    doubt = look("a --repeat 11")
    assert doubt is not None
    assert f"more than {MOST_PICTURES} pictures" in care.question("a", 7, doubt, EN).text


def test_what_is_asked_shows_what_can_be_done() -> None:
    doubt = look("a {red, blue} fox --ar 0:1")
    assert doubt is not None
    words = care.question("a {red, blue} fox --ar 0:1", 7, doubt, EN)
    assert words.keyboard is not None
    assert [(row[0].text, row[0].callback_data) for row in words.keyboard.inline_keyboard] == [
        ("Use --ar 1:1: 2 charges", "f:7"),
        ("Draw 2 pictures (2 charges)", "e:7"),
    ]


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"\w{1,32}", fullmatch=True), written.map(str.strip).filter(bool), max_size=20))
def test_the_styles_fit(kept: dict[str, str]) -> None:
    check(preferences.styles(kept, EN))
    for name, words in kept.items():
        check(preferences.style_kept(name, words * 3, EN))
        check(preferences.style(name, words * 3, EN))


def test_twenty_long_styles_fit() -> None:
    check(preferences.styles({f"{number:0>32}": "👨‍👩‍👧‍👦" * 40 for number in range(20)}, EN))
    check(preferences.usual("--no " + "x" * 490, "--no " + "🦊" * 490, "--no " + "y" * 490, EN))
