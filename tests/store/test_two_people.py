"""Two tabs, two people: different questions both land; one question keeps both and shows the clash."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assessment.store import Assessment, Saved, Store, StoredAnswer
from tests.store.conftest import new_token, opened
from tests.store.places import Place

EACH = 40


@pytest.fixture
def doors(place: Place, store: Store) -> Iterator[tuple[Store, Store]]:
    """Two ways to the same answers: two processes where the database takes several, else two tabs of one."""
    if place.kind == "sqlite":
        yield store, store
        return
    with Store(place.url) as first, Store(place.url) as second:  # as patient as in use
        yield first, second


def answered(value: object) -> StoredAnswer:
    return StoredAnswer("answered", value)


def together(*works: threading.Thread) -> None:
    for work in works:
        work.start()
    for work in works:
        work.join()


def test_different_questions_answered_at_the_same_time_all_land(
    doors: tuple[Store, Store], assessment: Assessment
) -> None:
    def tab(number: int) -> None:
        for count in range(EACH):
            doors[number].save_answer(
                assessment, f"f{number}-{count}", answered(count), f"{number}/{count}", base_seq=0
            )

    together(*(threading.Thread(target=tab, args=(number,)) for number in range(2)))
    expected = {f"f{number}-{count}": answered(count) for number in range(2) for count in range(EACH)}
    for door in doors:
        assert door.load_answers(assessment) == expected


def test_of_two_answers_to_one_question_both_are_kept_and_the_later_hears_of_the_earlier(
    doors: tuple[Store, Store], assessment: Assessment
) -> None:
    one, two = doors
    start = one.save_answer(assessment, "f", answered("start"), "op0", base_seq=0)
    first = one.save_answer(assessment, "f", answered("mine"), "op1", base_seq=start.seq, actor="a")
    second = two.save_answer(assessment, "f", answered("yours"), "op2", base_seq=start.seq, actor="b")
    assert (first.overtook, second.overtook) == (None, first.seq)
    history = one.revisions(assessment, "f")
    overtaken = next(entry for entry in history if entry.seq == second.overtook)
    assert (overtaken.answer.value, overtaken.actor, overtaken.at) == ("mine", "a", first.at)
    assert [entry.answer.value for entry in history] == ["start", "mine", "yours"]
    settled = one.save_answer(assessment, "f", answered("ours"), "op3", base_seq=second.seq)
    assert settled.overtook is None
    assert two.load_answers(assessment)["f"].value == "ours"


def test_of_many_answers_at_the_same_moment_every_clash_is_told_once(
    doors: tuple[Store, Store], assessment: Assessment
) -> None:
    """All believe the field is empty: each but the first overtakes exactly the one before it."""
    saved: list[Saved] = []

    def tab(number: int) -> None:
        for count in range(EACH):
            op_id = f"{number}/{count}"
            saved.append(doors[number].save_answer(assessment, "f", answered(op_id), op_id, base_seq=0))

    together(*(threading.Thread(target=tab, args=(number,)) for number in range(2)))
    saved.sort(key=lambda one: one.seq)
    assert [one.overtook for one in saved] == [None, *(one.seq for one in saved[:-1])]
    assert [entry.seq for entry in doors[0].revisions(assessment, "f")] == [one.seq for one in saved]
    assert doors[1].load_answers(assessment)["f"].seq == saved[-1].seq


def test_two_people_of_one_firm_each_have_their_own_link_and_one_set_of_answers(
    doors: tuple[Store, Store],
) -> None:
    one, two = doors
    mine = opened(one, new_token(one))
    yours = opened(two, one.new_link(mine, "answer"))
    one.save_answer(mine, "f", answered(1), "op1", role="finance")
    clash = two.save_answer(yours, "f", answered(2), "op2", base_seq=0, role="operations")
    assert clash.overtook is not None
    assert [entry.role for entry in one.revisions(mine, "f")] == ["finance", "operations"]
