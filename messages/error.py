"""Why not: a `Refusal`, or what a provider said, in words that help a person on."""

from datetime import datetime

from domain import errors
from domain.task import Ending, Imagine, Task, pictures_of
from domain.verdict import PictureTrouble, Reason
from messages import limits
from messages.locale import Locale
from messages.pictures import why
from messages.words import Page, Words, bold, cut

SAID_LIMIT = 300


def refusal(error: errors.Refusal, now: datetime, locale: Locale) -> Words:  # noqa: C901, PLR0912 - one a fact
    """What a person reads instead of what was asked for; fits a toast (200 characters)."""
    page = Page()
    match error:
        case errors.NotAllowed():
            page.say(locale.say("This bot draws for people its operator has let in. Please ask the operator."))
        case errors.OperatorsOnly() | errors.DecidedAlready() | errors.OperatorMeant():
            page.add(_of_operators(error, locale))
        case errors.AccountInTrouble():
            page.say(
                locale.say("The image service does not accept this bot's account now. The operator knows. Try later.")
            )
        case errors.PromptEmpty():
            page.say(locale.say("There are no words to draw. Write them behind the command: /imagine a red fox"))
        case errors.PromptTooLong(limit=limit):
            sentence = locale.count(
                "That is too long: at most {n} character, please.",
                "That is too long: at most {n} characters, please.",
                limit,
            )
            page.say(sentence, n=limit)
        case errors.QuotaExceeded() | errors.PointsMissing() | errors.LineFull():
            page.add(limits.why(error, now, locale))
        case errors.ButtonGone():
            page.say(locale.say("This button does not work any more. A new picture has new buttons."))
        case errors.NotHere():
            page.say(locale.say("That button does not belong here."))
        case errors.NotYours():
            page.say(locale.say("Only the person who asked for this picture can do that."))
        case errors.AdminsOnly():
            page.say(locale.say("In this chat only its admins can do that."))
        case errors.RoleHidden():
            page.say(locale.say("Telegram does not tell me just now who is an admin here. Please try again."))
        case errors.AlreadyPressed():
            page.say(locale.say("Already on it."))
        case errors.TooLateToCancel():
            page.say(locale.say("Too late: the image service has it already."))
        case errors.NothingToCancel():
            page.say(locale.say("That one has ended already."))
        case errors.TwoPicturesWanted():
            page.say(locale.say("I need exactly two pictures: first the face, then where it goes. Nothing was sent."))
        case errors.NotAPicture():
            page.say(locale.say("Send that as an answer to a picture that I have drawn here."))
        case errors.PicturesUnfit():
            page.add(why(error, locale))
        case _:
            page.add(_of_a_question(error, locale) or _of_preferences(error, locale))
    return page.words()


def our_fault(locale: Locale) -> Words:
    """Something of ours broke; nothing was asked of the image service."""
    return Page().say(locale.say("😔 Something broke on my side, and nothing was sent. Please try again.")).words()


def perhaps_done(locale: Locale) -> Words:
    """The records were set back to an older copy, in which this waited."""
    sentence = locale.say(
        "❔ My records were set back to an older copy, in which this was waiting. I may have done it since, so I leave "
        "it. If you miss it, please ask again."
    )
    return Page().say(sentence).words()


def failure_sentence(page: Page, task: Task, locale: Locale) -> None:
    """Add why a task failed. `task.reason` is a `Reason` or `Ending`, then, after a line feed, what was said."""
    kind, _, said = (task.reason or "").partition("\n")
    said = cut(" ".join(said.split()), SAID_LIMIT)
    match kind:
        case Reason.BANNED_WORD if said:
            page.say(locale.say("🚫 The image service does not draw “{word}”. Try other words."), word=bold(said))
        case Reason.BANNED_WORD:
            page.say(locale.say("🚫 The image service does not draw one of these words. Try others."))
        case Reason.UNREACHABLE | Reason.BUSY | Reason.CHALLENGE | Reason.NOT_READY | Reason.NO_ACCOUNT:
            page.say(locale.say("😔 The image service has no room now. Nothing was charged; try again in a while."))
        case Reason.ACCOUNT:
            page.say(locale.say("😔 The image service does not accept this bot's account. Please tell the operator."))
        case Reason.PICTURE:
            _picture(page, said, locale, of_several=len(pictures_of(task.submission)) > 1)
            return
        case Reason.UNSUPPORTED if isinstance(task.submission, Imagine) and task.submission.referenced:
            page.add("😔 ", why(errors.PicturesUnfit(errors.PicturesTrouble.NO_UPLOADS), locale))
            return
        case Reason.UNSUPPORTED | Reason.REDIRECTED:
            page.say(locale.say("😔 This image service cannot do that."))
        case Ending.PROVIDER_CANCELLED:
            page.say(locale.say("✖️ The image service has cancelled this one."))
        case Ending.LOST:
            page.say(
                locale.say("😔 The image service does not know this picture any more. If it turns up, you get it.")
            )
            page.add(" ").say(locale.say("For the operator: task {number}."), number=task.id)
        case Ending.STUCK:
            page.say(locale.say("😔 Nothing has moved for a long time. If the picture comes after all, you get it."))
            page.add(" ").say(locale.say("For the operator: task {number}."), number=task.id)
        case _ if said:
            page.say(locale.say("😔 The image service did not draw this: {reason}"), reason=said)
            return
        case _:
            page.say(locale.say("😔 The image service could not draw this."))
    if said and kind not in {Reason.BANNED_WORD, Reason.ACCOUNT}:
        page.add("\n").say(locale.say("It says: {reason}"), reason=said)


def _of_operators(error: errors.Refusal, locale: Locale) -> str:
    match error:
        case errors.DecidedAlready():
            return locale.say("That was decided already. The card shows by whom.")
        case errors.OperatorMeant():
            return locale.say("That is an operator, who can always ask.")
        case _:
            return locale.say("Only whoever runs this bot can do that, in a private chat with me.")


def _of_a_question(error: errors.Refusal, locale: Locale) -> str:
    match error:
        case errors.QuestionOver():
            return locale.say("That was answered already, or its time is over. Press the picture's button again.")
        case errors.NothingMarked():
            return locale.say("Nothing is chosen yet. Tap the numbers of what should change.")
        case errors.EverythingMarked():
            return locale.say("Everything is chosen: that would be a new picture. Leave something as it is.")
        case errors.RatioMissing():
            return locale.say("1.0 only changes the shape: choose one, too.")
        case _:
            return ""


def _of_preferences(error: errors.Refusal, locale: Locale) -> str:
    match error:
        case errors.NotFlags():
            return locale.say("Only parameters can be added to every prompt, such as: /prefer --ar 3:2 --s 200")
        case errors.StyleName():
            return locale.say("A style's name is one word of letters, digits and hyphens, such as: /style noir")
        case errors.TooManyStyles(limit=limit):
            sentence = locale.count(
                "You keep {n} style already. Please remove it first: /style",
                "You keep {n} styles already. Please remove one first: /style",
                limit,
            )
            return sentence.format(n=limit)
        case errors.CommandClosed(command=command):
            return locale.say("/{command} is closed here by the admins.").format(command=command)
        case errors.NoSuchPicture():
            return locale.say("I know no picture of yours by that number: /history in our private chat has them.")
        case errors.OneAtATime():
            return locale.say("From an album I draw one picture at a time: without braces and --repeat, please.")
        case _:
            return locale.say("That does not work here.")


def _picture(page: Page, trouble: str, locale: Locale, *, of_several: bool) -> None:
    match trouble:
        case PictureTrouble.TOO_LARGE if of_several:
            sentence = locale.say("😔 One of the pictures is too large: at most 20 MB and 50 million pixels, please.")
            page.say(sentence)
        case PictureTrouble.TOO_LARGE:
            page.say(locale.say("😔 That picture is too large for me: at most 20 MB and 50 million pixels, please."))
        case PictureTrouble.GONE:
            page.say(locale.say("😔 Telegram does not have that picture any more. Please send it again."))
        case PictureTrouble.TWICE:
            page.say(locale.say("😔 Two of the pictures are the same. Please send different ones."))
        case _ if of_several:
            page.say(locale.say("😔 I cannot read one of the pictures. JPEG, PNG and WEBP work."))
        case _:
            page.say(locale.say("😔 I cannot read that picture. JPEG, PNG and WEBP work."))
    page.add(" ").say(locale.say("Nothing was sent."))
