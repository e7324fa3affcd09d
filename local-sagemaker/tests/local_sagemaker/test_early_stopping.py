from __future__ import annotations

from local_sagemaker.sagemaker.tuning.early_stopping import should_stop

PREVIOUS = [[0.5, 0.6], [0.5, 0.7], [0.5, 0.8], [0.5, 0.9]]


def test_job_below_the_median_of_running_averages_stops() -> None:
    assert should_stop(0.74, 2, PREVIOUS, rounds=10, maximize=True)
    assert not should_stop(0.76, 2, PREVIOUS, rounds=10, maximize=True)


def test_worse_is_higher_when_minimizing() -> None:
    assert should_stop(0.76, 2, PREVIOUS, rounds=10, maximize=False)
    assert not should_stop(0.74, 2, PREVIOUS, rounds=10, maximize=False)


def test_shorter_job_counts_with_its_last_average() -> None:
    assert should_stop(0.74, 9, PREVIOUS, rounds=10, maximize=True)


def test_fewer_than_four_previous_jobs_stop_nothing() -> None:
    assert not should_stop(0.0, 2, PREVIOUS[:3], rounds=10, maximize=True)


def test_first_tenth_of_the_rounds_stops_nothing() -> None:
    assert not should_stop(0.0, 9, PREVIOUS, rounds=100, maximize=True)
    assert should_stop(0.0, 10, PREVIOUS, rounds=100, maximize=True)


def test_job_is_left_to_save_its_model_after_the_last_round() -> None:
    assert not should_stop(0.0, 10, PREVIOUS, rounds=10, maximize=True)
