"""Videos: animated by button or command, at every kind of provider, in every form that Telegram takes."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

GATEWAY: Mapping[str, Any] = {"dialect": "gateway"}
HIGH, LOW = "🎞️ Animate (High motion)", "🎞️ Animate (Low motion)"


def a_picture(kind: str = "PNG", *, moving: bool = False) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (96, 64), colour) for colour in ("teal", "navy")]
    frames[0].save(out, kind, **({"save_all": True, "append_images": frames[1:], "duration": 100} if moving else {}))
    return out.getvalue()


def films(chat: Chat) -> list[MessageView]:
    return [m for m in chat.messages if m.from_bot and m.media_kind == "video"]


def serve(world: World, body: bytes, match: str = "/pictures/*") -> None:
    world.provider.faults.add(match=match, times=None, status=200, body=body)


def paint_little(world: World) -> None:
    """Where nobody looks at them, one picture and one film for all: making them takes most of a story's time."""
    film = b"\x00\x00\x00\x20ftypisom" + bytes(200)
    serve(world, film, "*.mp4")
    for match in ("/pictures/*", "/mj/image/*"):
        serve(world, a_picture(), match)


async def single_of(world: World, ann: Person, chat: Chat | None = None) -> MessageView:
    """An enlarged picture, which can be animated."""
    chat = chat or ann.private
    grid = await world.draws(ann, chat=chat)
    await world.press(chat, ann, grid, "U1")
    return await world.sees_picture(chat, after=grid.id)


async def buttons_below(world: World, chat: Chat, after: int = 0) -> MessageView:
    return await world.sees(chat, lambda m: m.from_bot and m.id > after and m.buttons and "these videos" in m.text)


async def test_a_single_is_animated_taken_one_of_and_goes_on(world_with: WorldWith) -> None:
    world = await world_with(provider={"side": 48})
    ann = world.telegram.person("Ann")
    single = await single_of(world, ann)
    assert (await world.press(ann.private, ann, single, HIGH)).text
    below = await buttons_below(world, ann.private)
    four = films(ann.private)
    assert len(four) == 4
    assert len({film.album for film in four}) == 1
    assert len({film.document for film in four}) == 4
    assert all((film.document or b"")[4:8] == b"ftyp" for film in four)
    assert [bool(film.text) for film in four] == [True, False, False, False]
    assert four[0].reply_to == single.id
    assert "a red fox" in four[0].text
    assert below.reply_to == four[0].id
    texts = [[button.text for button in row] for row in below.keyboard]
    assert texts == [["U1", "U2", "U3", "U4", "🔄"], ["🔁 Again", "✏️ Change", "🗑"]]
    await world.restart_bot()
    await world.press(ann.private, ann, below, "U3")
    film = await world.sees(ann.private, lambda m: m.media_kind == "video" and m.buttons)
    assert film.reply_to == below.id
    assert film.document == four[2].document
    texts = [[button.text for button in row] for row in film.keyboard]
    assert texts[:2] == [["🎞️ Extend (High motion)"], ["🎞️ Extend (Low motion)"]]
    await world.press(ann.private, ann, film, "🎞️ Extend (Low motion)")
    longer = await buttons_below(world, ann.private, after=film.id)
    assert len(films(ann.private)) == 9
    await world.press(ann.private, ann, longer, "🔄")
    await buttons_below(world, ann.private, after=longer.id)
    pressed = [entry.body["customId"].split("::")[2] for entry in world.provider.submissions(path="action")]
    assert pressed == ["upsample", "animate_high", "video_virtual_upscale", "animate_low_extend", "reroll"]
    assert not world.telegram.floods


async def test_at_a_gateway_a_press_that_it_does_not_know_goes_the_other_way_once_paid(world_with: WorldWith) -> None:
    world = await world_with(provider=GATEWAY)
    paint_little(world)
    ann = world.telegram.person("Ann")
    single = await single_of(world, ann)
    await world.press(ann.private, ann, single, HIGH)
    below = await buttons_below(world, ann.private)
    assert len(films(ann.private)) == 4
    (video,) = world.provider.submissions(path="video")
    assert (video.body["motion"], video.body["prompt"]) == ("high", "a red fox")
    (image,) = world.provider.ledger.images(video.number)
    assert image.startswith(b"\xff\xd8")
    assert "U1" not in [button.text for button in below.buttons]  # it would not know that either
    assert "U1" not in below.text
    refused = len(world.provider.submissions(path="action"))
    await world.pass_time(10)
    await world.press(ann.private, ann, single, LOW)
    await buttons_below(world, ann.private, after=below.id)
    assert len(world.provider.submissions(path="action")) == refused  # not tried again
    assert len(world.provider.submissions(path="video", accepted=True)) == 2


@pytest.mark.parametrize("provider", [{}, GATEWAY], ids=["engine", "gateway"])
async def test_without_video_it_says_so_and_offers_it_no_more(
    provider: Mapping[str, Any], world_with: WorldWith
) -> None:
    world = await world_with(provider=provider)
    world.provider.lack("video")
    paint_little(world)
    ann = world.telegram.person("Ann")
    single = await single_of(world, ann)
    await world.press(ann.private, ann, single, HIGH)
    await world.sees(ann.private, lambda m: m.from_bot and "cannot do that" in m.text)
    asked = ann.private.say(ann, "/animate", reply_to=single.id)
    await world.sees(ann.private, lambda m: m.reply_to == asked.id and "cannot do that" in m.text)
    assert not world.provider.submissions(path="video", accepted=True)
    grid = await world.draws(ann, "a blue fox")
    await world.press(ann.private, ann, grid, "U1")
    another = await world.sees_picture(ann.private, after=grid.id)
    assert not [button for button in another.buttons if "Animate" in button.text]


@pytest.mark.parametrize("provider", [{}, GATEWAY], ids=["engine", "gateway"])
async def test_animate_takes_a_picture_as_caption_or_as_answer(
    provider: Mapping[str, Any], world_with: WorldWith
) -> None:
    world = await world_with(provider=provider)
    paint_little(world)
    ann = world.telegram.person("Ann")
    mine = ann.private.send_photo(ann, a_picture(), caption="/animate high loop it turns\nits head")
    below = await buttons_below(world, ann.private)
    (video,) = world.provider.submissions(path="video")
    told = {name: video.body.get(name) for name in ("prompt", "motion", "loop")}
    assert told == {"prompt": "it turns\nits head", "motion": "high", "loop": True}
    assert films(ann.private)[0].reply_to == mine.id
    grid = await world.draws(ann, "a red fox")
    ann.private.say(ann, "/animate", reply_to=grid.id)
    await buttons_below(world, ann.private, after=below.id)
    last = world.provider.submissions(path="video")[-1]
    assert (last.body["prompt"], last.body["motion"], last.body.get("loop")) == ("a red fox", "low", None)
    alone = ann.private.say(ann, "/animate high")
    assert "caption of a picture" in (await world.answer(ann.private, alone, within=8)).text
    await world.press(ann.private, ann, below, "🔁 Again")
    await world.until(lambda: len(world.provider.submissions(path="video")) == 3)
    again = world.provider.submissions(path="video")[-1]
    assert dict(again.body) | {"state": ""} == dict(video.body) | {"state": ""}


async def test_in_a_topic_the_videos_and_their_buttons_stay_there(world: World) -> None:
    paint_little(world)
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Forum", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    forum.send_photo(ann, a_picture(), caption="/animate", thread=topic)
    below = await buttons_below(world, forum)
    assert {film.thread for film in films(forum)} == {topic}
    assert below.thread == topic
    await world.press(forum, ann, below, "U1")
    film = await world.sees(forum, lambda m: m.media_kind == "video" and m.buttons)
    assert (film.thread, film.reply_to) == (topic, below.id)


async def animated(world: World, ann: Person, **fields: Any) -> None:
    """A video task whose result is shown as told."""
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    (entry,) = await world.until(lambda: world.provider.submissions(path="video", accepted=True))
    world.provider.show(entry.task_id or "", **fields)


async def test_an_animated_webp_or_gif_without_a_video_comes_as_what_it_is(world: World) -> None:
    ann = world.telegram.person("Ann")
    address = f"{world.provider.base_url}/pictures/1/preview.webp"
    nothing = {"imageUrl": address, "imageUrls": None, "videoUrl": None, "videoUrls": None}
    moving = a_picture("WEBP", moving=True)
    serve(world, moving)
    await animated(world, ann, **nothing)
    shown = await world.sees(ann.private, lambda m: m.from_bot and m.media_kind and m.buttons)
    assert (shown.media_kind, shown.document) == ("document", moving)
    world.provider.faults.clear()
    gif = a_picture("GIF", moving=True)
    serve(world, gif)
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    entry = (await world.until(lambda: world.provider.submissions(path="video", accepted=True)[1:]))[0]
    world.provider.show(entry.task_id or "", **nothing)
    shown = await world.sees(ann.private, lambda m: m.from_bot and m.media_kind and m.buttons and m.id > shown.id)
    assert (shown.media_kind, shown.document) == ("animation", gif)


async def test_a_video_of_60_mb_comes_as_its_address_at_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    huge = b"\x00\x00\x00\x20ftypisom" + bytes(60 * 1024 * 1024)
    serve(world, huge, "/pictures/*/0_1.mp4")
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    below = await buttons_below(world, ann.private)
    assert len(films(ann.private)) == 3
    assert "could not bring 1 video" in below.text
    assert "/0_1.mp4" in below.text
    await world.press(ann.private, ann, below, "U2")
    world.provider.faults.clear()
    serve(world, huge)
    link = await world.sees(ann.private, lambda m: m.from_bot and m.buttons and "/0_0.mp4" in m.text)
    assert link.reply_to == below.id
    assert "🎞️ Extend (High motion)" in [button.text for button in link.buttons]


async def test_videos_that_telegram_refuses_come_as_files_and_at_last_as_addresses(world: World) -> None:
    paint_little(world)
    ann = world.telegram.person("Ann")
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: VIDEO_CONTENT_TYPE_INVALID"}
    world.telegram.faults.add(match="sendMediaGroup", status=400, body=refusal)
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    below = await buttons_below(world, ann.private)
    parts = [m for m in ann.private.messages if m.album]
    assert [part.media_kind for part in parts] == ["document"] * 4
    world.telegram.faults.add(match="sendVideo", status=400, body=refusal)
    await world.press(ann.private, ann, below, "U1")
    film = await world.sees(ann.private, lambda m: m.media_kind == "document" and m.buttons)
    assert film.document == parts[0].document
    world.telegram.faults.add(match="sendMediaGroup", times=3, status=400, body=refusal)
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    links = await world.sees(ann.private, lambda m: m.from_bot and "could not bring 4 videos" in m.text)
    assert links.text.count(".mp4") == 4
    assert links.buttons


async def test_a_broken_video_neither_breaks_the_bot_nor_is_it_lost(world: World) -> None:
    ann = world.telegram.person("Ann")
    torn = b"\x00\x00\x00\x20ftypisom" + b"\xff" * 500
    serve(world, torn, "/pictures/*/0_0.mp4")
    serve(world, b"nothing of the kind", "/pictures/*/0_2.mp4")
    paint_little(world)
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    await world.pass_time(30)
    await world.pass_time(600, step=10)
    below = await buttons_below(world, ann.private)
    assert films(ann.private)[0].document == torn
    assert len(films(ann.private)) == 3
    assert "/0_2.mp4" in below.text
    await world.answer(ann.private, ann.private.say(ann, "/help"))


async def test_an_album_whose_send_was_unclear_becomes_addresses_in_place(world: World) -> None:
    paint_little(world)
    ann = world.telegram.person("Ann")
    world.telegram.faults.add(match="sendMediaGroup", do=True, status=502)
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    links = await world.sees(ann.private, lambda m: m.from_bot and "whether the videos have arrived" in m.text)
    assert links.text.count(".mp4") == 4
    assert "U1" in [button.text for button in links.buttons]
    await world.pass_time(60, step=1)
    assert len(world.calls(ann.private, "sendMediaGroup")) == 1


async def _single_films(world: World, chat: Chat, count: int) -> list[MessageView]:
    """All films with buttons of their own, as soon as there are so many."""
    found = await world.until(lambda: [m for m in films(chat) if m.buttons][count - 1 :] and films(chat))
    return [m for m in found if m.buttons]


async def test_every_button_of_videos_is_pressed_to_its_end(world: World) -> None:
    paint_little(world)
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    single = await single_of(world, ann)
    await world.press(ann.private, ann, single, LOW)
    below = await buttons_below(world, ann.private)
    newest = below
    for number in range(1, 5):
        await world.press(ann.private, ann, below, f"U{number}")
        newest = (await _single_films(world, ann.private, number))[-1]
        assert newest.reply_to == below.id
    await world.press(ann.private, ann, newest, "🎞️ Extend (High motion)")
    await buttons_below(world, ann.private, after=newest.id)
    pressed = ["::".join(e.body["customId"].split("::")[2:4]) for e in world.provider.submissions(path="action")[1:]]
    upscales = [f"video_virtual_upscale::{number}" for number in range(1, 5)]
    assert pressed == ["animate_low::1", *upscales, "animate_high_extend::1"]
    assert all(entry.accepted for entry in world.provider.submissions())


async def test_the_bin_below_takes_all_videos_out_of_the_chat(world: World) -> None:
    paint_little(world)
    ann = world.telegram.person("Ann")
    ann.private.send_photo(ann, a_picture(), caption="/animate")
    below = await buttons_below(world, ann.private)
    await world.press(ann.private, ann, below, "🗑")
    await world.until(lambda: not [m for m in ann.private.messages if m.from_bot], within=20)


async def test_one_film_whose_send_was_unclear_takes_the_place_of_the_status(world: World) -> None:
    paint_little(world)
    ann = world.telegram.person("Ann")
    single = await single_of(world, ann)
    await world.press(ann.private, ann, single, LOW)
    below = await buttons_below(world, ann.private)
    world.provider.set_speed(all=10)
    await world.press(ann.private, ann, below, "U2")
    status = await world.sees(ann.private, lambda m: m.from_bot and m.id > below.id and "Cancel" in str(m.buttons))
    world.telegram.faults.add(match="sendVideo", status=502)
    film = await world.sees(ann.private, lambda m: m.media_kind == "video" and m.buttons)
    assert film.id == status.id
    assert "🎞️ Extend (High motion)" in [button.text for button in film.buttons]
    assert len(world.calls(ann.private, "sendVideo")) == 1


async def test_a_video_in_the_place_of_the_picture_comes_as_a_video_also_after_a_restart(world: World) -> None:
    paint_little(world)
    ann = world.telegram.person("Ann")
    mine = ann.private.send_photo(ann, a_picture(), caption="/animate")
    (entry,) = await world.until(lambda: world.provider.submissions(path="video", accepted=True))
    address = f"{world.provider.base_url}/pictures/{entry.task_id}/0_0.mp4"
    world.provider.show(entry.task_id or "", imageUrl=address, imageUrls=None, videoUrl=None, videoUrls=None)
    await world.restart_bot()
    film = await world.sees(ann.private, lambda m: m.media_kind == "video")
    assert film.reply_to == mine.id
    assert film.buttons
