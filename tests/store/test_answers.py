"""Saving and loading answers."""

import math
import threading

import pytest

from assessment.store import Assessment, NotSaved, OpIdReused, Refused, Store, StoredAnswer
from tests.store.conftest import Clock, new_token, opened

TWELVE = StoredAnswer("answered", "12.50", comment="audited", confirmed={"sum": "checked twice"})


@pytest.mark.parametrize(
    "answer",
    [
        TWELVE,
        StoredAnswer("answered", 3),
        StoredAnswer("answered", ["quality", "habit"]),
        StoredAnswer("answered", {"low": "8", "high": "12"}),
        StoredAnswer("answered", "灯笼制衣 – “quoted” \u2028 'DROP TABLE'"),
        StoredAnswer("dont_know"),
        StoredAnswer("not_applicable", reason="no exports"),
        StoredAnswer("not_answered", comment="ask finance"),
    ],
)
def test_an_answer_comes_back_as_it_was_saved(
    store: Store, assessment: Assessment, answer: StoredAnswer
) -> None:
    saved = store.save_answer(assessment, "fin_revenue", answer, "op")
    loaded = store.load_answers(assessment)["fin_revenue"]
    assert loaded == answer
    assert loaded.seq == saved.seq


def test_an_answer_survives_closing_the_store(url: str, store: Store, token: str) -> None:
    store.save_answer(opened(store, token), "fin_revenue", TWELVE, "op")
    store.close()
    with Store(url, clock=Clock()) as again:
        assert again.load_answers(opened(again, token)) == {"fin_revenue": TWELVE}


def test_zero_unknown_and_cleared_stay_apart(store: Store, assessment: Assessment) -> None:
    answers = {
        "a": StoredAnswer("answered", "0"),
        "b": StoredAnswer("dont_know"),
        "c": StoredAnswer("not_answered"),
    }
    store.save_answers(assessment, answers, "op")
    assert store.load_answers(assessment) == answers
    assert "d" not in store.load_answers(assessment)


def test_the_last_save_counts_and_the_history_keeps_all(store: Store, assessment: Assessment) -> None:
    for number in range(4):
        store.save_answer(assessment, "f", StoredAnswer("answered", number), f"op{number}", role="finance")
    assert store.load_answers(assessment)["f"].value == 3
    history = store.revisions(assessment, "f")
    assert [entry.answer.value for entry in history] == [0, 1, 2, 3]
    assert [entry.seq for entry in history] == sorted({entry.seq for entry in history})
    assert {entry.role for entry in history} == {"finance"}


def test_sending_the_same_op_id_again_adds_nothing(
    store: Store, assessment: Assessment, clock: Clock
) -> None:
    first = store.save_answer(assessment, "f", TWELVE, "op")
    store.save_answer(assessment, "f", StoredAnswer("dont_know"), "later")
    clock.advance(minutes=1)
    assert store.save_answer(assessment, "f", TWELVE, "op") == first
    assert len(store.revisions(assessment, "f")) == 2
    assert store.load_answers(assessment)["f"].state == "dont_know"


def test_an_op_id_cannot_stand_for_two_saves(store: Store, assessment: Assessment) -> None:
    store.save_answer(assessment, "f", TWELVE, "op")
    other = opened(store, new_token(store))
    for wrong, field, answer in (
        (assessment, "f", StoredAnswer("dont_know")),
        (assessment, "g", TWELVE),
        (other, "f", TWELVE),
    ):
        with pytest.raises(OpIdReused):
            store.save_answer(wrong, field, answer, "op")
    assert store.load_answers(other) == {}


def test_many_fields_are_saved_all_or_none(store: Store, assessment: Assessment) -> None:
    store.save_answer(assessment, "c", TWELVE, "batch/c")  # makes the third of the batch fail
    unknown = dict.fromkeys(("a", "b", "c"), StoredAnswer("dont_know"))
    with pytest.raises(OpIdReused):
        store.save_answers(assessment, unknown, "batch")
    assert store.load_answers(assessment) == {"c": TWELVE}
    again = store.save_answers(assessment, unknown, "second")
    assert store.save_answers(assessment, unknown, "second") == again
    assert store.load_answers(assessment) == unknown


def test_a_stale_tab_learns_what_it_overtook_and_nothing_is_lost(
    store: Store, assessment: Assessment
) -> None:
    first = store.save_answer(assessment, "f", StoredAnswer("answered", "tab one"), "op1", base_seq=0)
    stale = store.save_answer(assessment, "f", StoredAnswer("answered", "tab two"), "op2", base_seq=0)
    fresh = store.save_answer(assessment, "f", StoredAnswer("answered", "more"), "op3", base_seq=stale.seq)
    assert (first.overtook, stale.overtook, fresh.overtook) == (None, first.seq, None)
    kept = [entry.answer.value for entry in store.revisions(assessment, "f")]
    assert kept == ["tab one", "tab two", "more"]


def test_eight_tabs_at_once_lose_no_acknowledged_answer(store: Store, assessment: Assessment) -> None:
    acknowledged: dict[int, tuple[str, str]] = {}

    def tab(number: int) -> None:
        for count in range(40):
            field, value = f"f{count % 10}", f"{number}:{count}"
            answer = StoredAnswer("answered", value)
            saved = store.save_answer(assessment, field, answer, f"{number}/{count}", base_seq=0)
            acknowledged[saved.seq] = (field, value)

    tabs = [threading.Thread(target=tab, args=(number,)) for number in range(8)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    kept = {
        entry.seq: (f"f{n}", entry.answer.value)
        for n in range(10)
        for entry in store.revisions(assessment, f"f{n}")
    }
    assert len(acknowledged) == 320
    assert kept == acknowledged
    last = {
        field: acknowledged[max(s for s in acknowledged if acknowledged[s][0] == field)]
        for field in {f for f, _ in acknowledged.values()}
    }
    assert {f: a.value for f, a in store.load_answers(assessment).items()} == {
        f: v for f, (_, v) in last.items()
    }


def test_what_counts_can_be_derived_again_from_the_history(
    url: str, store: Store, assessment: Assessment
) -> None:
    for number in range(30):
        store.save_answer(assessment, f"f{number % 7}", StoredAnswer("answered", number), f"op{number}")
    before = store.load_answers(assessment)
    store._writer.do(lambda connection: connection.exec_driver_sql("DELETE FROM answer_current"))
    assert store.load_answers(assessment) == {}
    assert store.rebuild_current() == 7
    assert store.load_answers(assessment) == before


def test_assessments_do_not_see_each_other(store: Store, assessment: Assessment) -> None:
    other = opened(store, new_token(store, "Another firm"))
    store.save_answer(assessment, "f", TWELVE, "op")
    assert store.load_answers(other) == {}
    assert store.revisions(other, "f") == []


def test_a_link_for_reading_cannot_change_anything(store: Store, assessment: Assessment) -> None:
    reader = opened(store, store.new_link(assessment, "read"))
    for change in (
        lambda: store.save_answer(reader, "f", TWELVE, "op"),
        lambda: store.save_answers(reader, {"f": TWELVE}, "op"),
        lambda: store.rename_firm(reader, "x"),
        lambda: store.set_path(reader, "full"),
        lambda: store.new_link(reader, "answer"),
        lambda: store.revoke_all(reader),
    ):
        with pytest.raises(Refused):
            change()
    assert store.load_answers(reader) == {}


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, object(), "x" * 200_000])
def test_what_json_cannot_carry_is_refused_before_it_is_queued(
    store: Store, assessment: Assessment, value: object
) -> None:
    with pytest.raises((ValueError, TypeError)):
        store.save_answer(assessment, "f", StoredAnswer("answered", value), "op")
    assert store.load_answers(assessment) == {}


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of"):
        StoredAnswer("maybe")


def test_a_firms_name_is_cut_at_two_hundred_characters(
    store: Store, token: str, assessment: Assessment
) -> None:
    store.rename_firm(assessment, "x" * 201)
    assert opened(store, token).firm_name == "x" * 200


def test_the_cover_can_be_changed(store: Store, token: str, assessment: Assessment) -> None:
    store.rename_firm(assessment, "灯笼制衣（虚构）")
    store.set_language(assessment, "zh")
    store.set_path(assessment, "full")
    now = opened(store, token)
    assert (now.firm_name, now.language, now.path) == ("灯笼制衣（虚构）", "zh", "full")
    assert (now.edition, now.fingerprint) == (assessment.edition, assessment.fingerprint)


def test_a_closed_store_does_not_pretend_to_save(store: Store, assessment: Assessment) -> None:
    store.close()
    with pytest.raises(NotSaved):
        store.save_answer(assessment, "f", TWELVE, "op")
