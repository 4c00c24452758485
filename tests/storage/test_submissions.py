"""A submission lies in a row as text and comes back as the same value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.task import (
    Answer,
    Attached,
    Blend,
    BotType,
    Change,
    Describe,
    Dimensions,
    Edit,
    Imagine,
    Motion,
    PictureId,
    Press,
    RemoteId,
    Role,
    Shorten,
    Submission,
    Swap,
    Video,
)
from storage import submissions

words = st.text()
remote_ids = st.text(min_size=1).map(RemoteId)
pictures = words.map(PictureId)
attached = st.builds(Attached, picture=pictures, role=st.sampled_from(Role))
anything: st.SearchStrategy[Submission] = st.one_of(
    st.builds(
        Imagine, prompt=words, bot_type=st.sampled_from(BotType), attached=st.lists(attached, max_size=3).map(tuple)
    ),
    st.builds(Blend, pictures=st.lists(pictures, max_size=5).map(tuple), dimensions=st.sampled_from(Dimensions)),
    st.builds(Describe, picture=pictures),
    st.builds(Shorten, prompt=words),
    st.builds(
        Video,
        prompt=words,
        picture=st.none() | pictures,
        motion=st.sampled_from(Motion),
        loop=st.booleans(),
        extends=st.none() | remote_ids,
        index=st.integers(0, 3),
    ),
    st.builds(Edit, prompt=words, picture=pictures),
    st.builds(Swap, face=pictures, target=pictures),
    st.builds(Press, parent=remote_ids, custom_id=words, same_channel=st.booleans()),
    st.builds(Change, parent=remote_ids, action=words, index=st.integers(1, 4)),
    st.builds(Answer, window=remote_ids, prompt=words, mask=words),
)


@given(anything)
def test_every_submission_comes_back_as_it_was(submission: Submission) -> None:
    back = submissions.from_text(submissions.to_text(submission))
    assert back == submission
    assert type(back) is type(submission)


@given(anything, anything)
def test_different_submissions_are_different_texts(one: Submission, other: Submission) -> None:
    assert (submissions.to_text(one) == submissions.to_text(other)) == (one == other)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '"imagine"', '{"kind": "imagine"}', '{"kind": "else"}'])
def test_anything_else_is_no_submission(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        submissions.from_text(text)


def test_an_id_that_became_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a submission"):
        submissions.from_text(json.dumps({"kind": "press", "parent": 42, "custom_id": "x"}))
