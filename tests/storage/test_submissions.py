"""A submission lies in a row as text and comes back as the same value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.task import Answer, BotType, Imagine, Press, RemoteId, Submission
from storage import submissions

words = st.text()
remote_ids = st.text(min_size=1).map(RemoteId)
anything: st.SearchStrategy[Submission] = st.one_of(
    st.builds(Imagine, prompt=words, bot_type=st.sampled_from(BotType)),
    st.builds(Press, parent=remote_ids, custom_id=words),
    st.builds(Answer, window=remote_ids, prompt=words),
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
