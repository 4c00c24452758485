"""What is said of pictures fits where it is said, and every choice has its button."""

import pytest

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.gathering import Gathering, GatheringKind, GatheringState, Shown, Use
from domain.requester import ChatKind, Requester
from domain.task import PictureId
from messages import pictures as view
from messages.error import refusal
from tests.messages.samples import EN, NOON, PROMPTS, check, units


def gathering(kind: GatheringKind, number: int, *, chat: ChatKind = ChatKind.PRIVATE, words: str = "") -> Gathering:
    return Gathering(
        id=4,
        kind=kind,
        state=GatheringState.OPEN,
        owner=Requester(user_id=7, chat_id=7, chat_kind=chat, message_id=1),
        album=None,
        command=None,
        words=words,
        unread=0,
        answer=None,
        due_at=None,
        created_at=NOON,
        shown=tuple(Shown(message_id=n, picture=PictureId(f"p{n}"), unique=f"u{n}") for n in range(number)),
    )


@pytest.mark.parametrize("why", PicturesTrouble)
def test_every_trouble_has_a_sentence_of_its_own_that_fits_a_toast(why: PicturesTrouble) -> None:
    words = refusal(PicturesUnfit(why, count=17, word="--sref"), NOON, EN)
    check(words)
    assert units(words.text) <= 200
    assert "{" not in words.text
    assert sum(view.why(PicturesUnfit(one), EN) == view.why(PicturesUnfit(why), EN) for one in PicturesTrouble) == 1


@pytest.mark.parametrize("chat", ChatKind)
@pytest.mark.parametrize("number", range(6))
def test_a_basket_can_be_blended_from_two_on(number: int, chat: ChatKind) -> None:
    words = view.gathering(gathering(GatheringKind.BASKET, number, chat=chat), EN)
    check(words)
    assert f"{number} of 5" in words.text
    data = [button.callback_data for row in words.keyboard.inline_keyboard for button in row] if words.keyboard else []
    assert data == (["gb:4", "gp:4", "gl:4"] if number >= 2 else []) + ["gc:4"]


@pytest.mark.parametrize("words", PROMPTS.values(), ids=PROMPTS)
@pytest.mark.parametrize("number", [1, 2, 5])
def test_an_offer_shows_the_caption_and_stays_within_the_limit(words: str, number: int) -> None:
    offer = view.gathering(gathering(GatheringKind.OFFER, number, words=words), EN)
    check(offer)
    assert offer.keyboard is not None
    texts = [button.text for row in offer.keyboard.inline_keyboard for button in row]
    assert ("Blend" in texts) == (number > 1)
    assert ("🎨 Draw these words with it" in texts) == bool(words)


def test_all_other_words() -> None:
    alone = view.gathering(gathering(GatheringKind.BASKET, 1, chat=ChatKind.GROUP), EN, invite="imagine_bot")
    for words in (
        alone,
        view.hidden("imagine_bot", EN),
        view.let_go(EN),
        view.unread(EN),
        view.blend_help(EN, alone=True),
        view.blend_help(EN, alone=False),
        view.gathering(gathering(GatheringKind.REFERENCE, 1), EN),
        *(view.used(gathering(GatheringKind.OFFER, 2), how, EN) for how in Use),
    ):
        check(words)
        assert "{" not in words.text
    assert {view.LETTERS[how] for how in Use} == {"gb", "gp", "gl", "gd", "gr", "gi", "gc"}
    assert all(len(view.chosen(how, EN)) <= 200 for how in Use)
