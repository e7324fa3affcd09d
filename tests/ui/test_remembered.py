"""An answer of AWS is asked for once in a while, by however many tabs."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from retune.ui.remembered import Remembered


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_an_answer_is_good_for_its_seconds() -> None:
    clock, asked = Clock(), list[int]()
    remembered = Remembered(clock)

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [remembered.get("a", 5, ask), remembered.get("a", 5, ask)] == [1, 1]
    clock.now += 5
    assert remembered.get("a", 5, ask) == 2
    assert remembered.get("another", 5, ask) == 3


def test_a_final_answer_stays_until_something_was_changed() -> None:
    clock = Clock()
    remembered = Remembered(clock)
    assert remembered.get("a", 5, lambda: "ended", lambda answer: answer == "ended") == "ended"
    clock.now += 10**6
    assert remembered.get("a", 5, lambda: "again") == "ended"
    remembered.forget()
    assert remembered.get("a", 5, lambda: "again") == "again"


def test_a_fault_is_not_remembered() -> None:
    remembered = Remembered(Clock())
    with pytest.raises(ZeroDivisionError):
        remembered.get("a", 5, lambda: 1 // 0)
    assert remembered.get("a", 5, lambda: 1) == 1


def test_who_asks_while_it_is_asked_waits_for_that_answer() -> None:
    remembered, began, go_on, found = Remembered(), Event(), Event(), list[str]()

    def slow() -> str:
        began.set()
        go_on.wait(10)
        return "first"

    first = Thread(target=lambda: found.append(remembered.get("a", 60, slow)))
    first.start()
    began.wait(10)
    second = Thread(target=lambda: found.append(remembered.get("a", 60, lambda: "second")))
    second.start()
    go_on.set()
    first.join()
    second.join()
    assert found == ["first", "first"]


def test_what_was_asked_for_long_ago_is_forgotten() -> None:
    remembered = Remembered(Clock())
    for number in range(1001):
        remembered.get(number, 60, lambda: "known")
    assert remembered.get(1000, 60, lambda: "again") == "known"
    assert remembered.get(0, 60, lambda: "again") == "again"
