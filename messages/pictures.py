"""What the bot says of pictures that people send: what can be done with them, how many there are, why not."""

from collections.abc import Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.gathering import FEWEST, MOST, Gathering, GatheringKind, Use
from domain.requester import ChatKind
from messages import callback
from messages.locale import Locale
from messages.words import TEXT_LIMIT, Page, Words, code, cut, quote

START = "blend"
"""The word behind `/start` in the link that leads to the private chat."""

SHAPES = "portrait, square, landscape"
"""The words that `/blend` knows, in every language."""

LETTERS: Mapping[Use, str] = {
    Use.BLEND: callback.BLEND,
    Use.PORTRAIT: callback.BLEND_PORTRAIT,
    Use.LANDSCAPE: callback.BLEND_LANDSCAPE,
    Use.DESCRIBE: callback.DESCRIBE_GATHERED,
    Use.REFERENCE: callback.REFERENCE,
    Use.DRAW: callback.DRAW_GATHERED,
    Use.CANCEL: callback.LET_GO,
}


def gathering(shown: Gathering, locale: Locale, *, invite: str | None = None) -> Words:
    """What stands in the chat of pictures that wait for a choice.

    `invite`: the bot's name, where the pictures are all that Telegram has shown of an album in a group.
    """
    match shown.kind:
        case GatheringKind.BASKET if invite is not None and len(shown.shown) < FEWEST:
            return _lonely(shown, invite, locale)
        case GatheringKind.BASKET:
            return _basket(shown, locale)
        case GatheringKind.REFERENCE:
            many = locale.count(
                "Now write what I should draw with it. I keep it for 15 minutes.",
                "Now write what I should draw with them. I keep them for 15 minutes.",
                len(shown.shown),
            )
            page = Page().say(many)
            return page.words(InlineKeyboardMarkup([[_button(locale.say("Never mind"), Use.CANCEL, shown.id)]]))
        case _:
            return _offer(shown, locale)


def used(shown: Gathering, how: Use, locale: Locale) -> Words:
    """In place of the choice, once it was made."""
    number = len(shown.shown)
    match how:
        case Use.REFERENCE:
            return gathering(shown, locale)
        case Use.CANCEL:
            sentence = locale.say("Let go. Nothing was sent.")
        case Use.BLEND | Use.PORTRAIT | Use.LANDSCAPE:
            sentence = locale.count("✓ {n} picture goes into the blend.", "✓ {n} pictures go into the blend.", number)
        case Use.DESCRIBE:
            sentence = locale.say("✓ I look for words for it.")
        case Use.DRAW:
            sentence = locale.say("✓ I draw it.")
    return Page().say(sentence, n=number).words()


def chosen(how: Use, locale: Locale) -> str:
    """A toast."""
    match how:
        case Use.CANCEL:
            return locale.say("Let go. Nothing was sent.")
        case Use.REFERENCE:
            return locale.say("Now write what I should draw with it.")
        case _:
            return locale.say("On its way.")


def let_go(locale: Locale) -> Words:
    """Nobody came back for them."""
    return Page().say(locale.say("15 minutes have passed, so I let the pictures go. Nothing was sent.")).words()


def hidden(invite: str, locale: Locale) -> Words:
    """A command for an album of which Telegram shows one picture only."""
    page = Page().say(_shown_one(locale)).add(" ").say(locale.say("Send me the album in private, please."))
    return page.words(InlineKeyboardMarkup([[_invitation(invite, locale)]]))


def blend_help(locale: Locale, *, alone: bool) -> Words:
    """`/blend` without a picture. `alone`: in a private chat."""
    page = Page().say(locale.say("I melt 2 to 5 pictures into one.")).add(" ")
    if alone:
        page.say(locale.say("Send them as an album with this caption, or one by one with it:")).add("\n")
    else:
        page.say(locale.say("Reply to each of them with this:")).add("\n")
    page.add(code("/blend"), "\n\n")
    sentence = locale.say("With {portrait} or {landscape} behind it, the blend gets that shape.")
    return page.say(sentence, portrait=code("portrait"), landscape=code("landscape")).words()


def unread(locale: Locale) -> Words:
    """Something was sent that is no picture to us."""
    return Page().say(why(PicturesUnfit(PicturesTrouble.NOT_A_PICTURE), locale)).words()


def why(error: PicturesUnfit, locale: Locale) -> str:
    """Why nothing can be made of pictures; fits a toast."""
    match error.why:
        case PicturesTrouble.TOO_FEW:
            sentence = locale.say("A blend takes 2 to 5 pictures, and this is {n}. Nothing was sent.")
        case PicturesTrouble.TOO_MANY:
            sentence = locale.say("I take 5 pictures at the most, and these are {n}. Nothing was sent.")
        case PicturesTrouble.SAME:
            sentence = locale.say("That picture is in there already. A blend takes different ones. Nothing was sent.")
        case PicturesTrouble.NOT_A_PICTURE:
            sentence = locale.say(
                "I can use photos, and pictures sent as files: JPEG, PNG, WEBP or GIF. This is something else, "
                "and nothing was sent."
            )
        case PicturesTrouble.NONE:
            sentence = locale.say("There is no picture. Send one with this as its caption, or reply to one.")
        case PicturesTrouble.NO_WORDS:
            sentence = locale.say(
                "And what shall I draw with it? Write it behind the command: /imagine as a watercolour"
            )
        case PicturesTrouble.WORDS:
            sentence = locale.say(
                "/blend takes pictures, and {shapes}, but no other words. With words it is /imagine. Nothing was sent."
            )
        case PicturesTrouble.FLAG:
            sentence = locale.say(
                "{word} needs a picture: send it with this as its caption, reply to it, or write an address behind "
                "{word}. Nothing was sent."
            )
        case PicturesTrouble.NO_UPLOADS:
            sentence = locale.say(
                "This image service takes no pictures for --sref, --cref and --oref. Without the flag I draw from the "
                "picture. Nothing was sent."
            )
        case PicturesTrouble.HIDDEN:
            sentence = _shown_one(locale)
        case PicturesTrouble.ALBUM_COMMAND:
            sentence = locale.say("{word} does not take an album. /blend, /imagine and /describe do. Nothing was sent.")
        case PicturesTrouble.LATE:
            sentence = locale.say("One picture of your album came too late to be in it.")
    return sentence.format(n=error.count, word=error.word, shapes=SHAPES)


def _offer(shown: Gathering, locale: Locale) -> Words:
    number = len(shown.shown)
    many = locale.count("What shall I do with this picture?", "What shall I do with these {n} pictures?", number)
    page = Page().say(many, n=number)
    rows = []
    if shown.words:
        page.add("\n", quote(cut(shown.words, TEXT_LIMIT - 200)))
        rows.append([_button(locale.say("🎨 Draw these words with it"), Use.DRAW, shown.id)])
    if number >= FEWEST:
        rows.append(_blends(shown, locale))
    describe = locale.say("Describe") if number == 1 else locale.say("Describe the first")
    rows.append(
        [_button(describe, Use.DESCRIBE, shown.id), _button(locale.say("Use as reference"), Use.REFERENCE, shown.id)]
    )
    return page.words(InlineKeyboardMarkup(rows))


def _basket(shown: Gathering, locale: Locale) -> Words:
    number = len(shown.shown)
    alone = shown.owner.chat_kind is ChatKind.PRIVATE
    page = Page().say(locale.say("🧺 {n} of {most} pictures."), n=number, most=MOST).add(" ")
    if not number:
        page.say(locale.say("Send me 2 to 5 of them, together or one by one, and I melt them into one."))
    elif number < MOST and alone:
        page.say(locale.say("Send more, or reply to another one with /blend."))
    elif number < MOST:
        page.say(locale.say("Reply to another one with /blend, or send one with /blend as its caption."))
    if number >= FEWEST:
        page.add(" ").say(locale.say("Press Blend when ready."))
    cancel = [_button(locale.say("Cancel"), Use.CANCEL, shown.id)]
    return page.words(InlineKeyboardMarkup([_blends(shown, locale), cancel] if number >= FEWEST else [cancel]))


def _lonely(shown: Gathering, invite: str, locale: Locale) -> Words:
    page = Page().say(_shown_one(locale)).add(" ")
    page.say(
        locale.say(
            "Send me the album in private; or reply to the other pictures here with /blend, one by one. "
            "This one is {n} of {most}."
        ),
        n=len(shown.shown),
        most=MOST,
    )
    return page.words(
        InlineKeyboardMarkup([[_invitation(invite, locale)], [_button(locale.say("Cancel"), Use.CANCEL, shown.id)]])
    )


def _shown_one(locale: Locale) -> str:
    return locale.say("In groups, Telegram shows me only that picture of an album that has the command.")


def _blends(shown: Gathering, locale: Locale) -> list[InlineKeyboardButton]:
    return [
        _button(locale.say("Blend"), Use.BLEND, shown.id),
        _button(locale.say("Portrait"), Use.PORTRAIT, shown.id),
        _button(locale.say("Landscape"), Use.LANDSCAPE, shown.id),
    ]


def _invitation(username: str, locale: Locale) -> InlineKeyboardButton:
    return InlineKeyboardButton(locale.say("Open the private chat"), url=f"https://t.me/{username}?start={START}")


def _button(text: str, how: Use, number: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=callback.data(LETTERS[how], number))
