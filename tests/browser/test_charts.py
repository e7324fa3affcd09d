"""The charts of a report, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.charts import click_something, coloured, pixels, show, wait_for_drawing
from tests.browser.conftest import Open
from tests.browser.documents import BOOSTER, DEPTH, ETA, GAMMA, document, stopped_early

pytestmark = pytest.mark.slow

OF_THE_LESSON = [
    "history", "importance", "distribution", "slice-0", "slice-1", "slice-2",
    "contour", "parallel", "curves", "timeline",
]  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_every_chart_is_drawn_and_the_page_is_no_wider_than_the_window(
    open_report: Open, width: int
) -> None:
    page = open_report(document(), width)
    for key in OF_THE_LESSON:
        show(page, key)
        assert coloured(page, key), key
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_click_on_a_job_in_any_chart_marks_it_in_table_and_panel(open_report: Open) -> None:
    page = open_report(document())
    panel = page.locator("aside.panel")
    for key in ("history", "slice-0", "contour", "parallel", "curves", "timeline"):
        click_something(page, key)
        expect(panel).to_be_visible()
        label = panel.locator("h2").inner_text()
        marked = page.locator("#jobs tr[aria-current=true]")
        expect(marked.locator("th button")).to_have_text(label)
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()


def test_a_job_that_is_marked_in_the_table_is_marked_in_every_chart(open_report: Open) -> None:
    page = open_report(document())
    page.locator("#jobs tbody tr").nth(6).locator("button").click()
    for key in ("history", "distribution", "slice-1", "contour", "parallel", "curves", "timeline"):
        show(page, key)
        before = pixels(page, key)
        page.evaluate("document.querySelector('#jobs tbody tr:nth-child(8) button').click()")
        wait_for_drawing(page)
        assert pixels(page, key) != before, key
        page.evaluate("document.querySelector('#jobs tbody tr:nth-child(7) button').click()")
        wait_for_drawing(page)
        assert pixels(page, key) == before, key


def test_the_baseline_is_drawn_where_it_lies_to_the_last_digit(open_report: Open) -> None:
    page = open_report(document())
    show(page, "history")
    drawn = set()
    for value in (0.912, 0.914):
        report = document() | {"Baseline": {"Label": "the defaults", "Value": value, "Job": None}}
        page.evaluate("document => retune.show(document)", report)
        expect(page.locator("#chart-history figcaption")).to_contain_text(
            f"Dashed: the defaults, {value:.5f}."
        )
        wait_for_drawing(page)
        drawn.add(pixels(page, "history"))
    assert len(drawn) == 2


def test_the_noise_of_the_metric_is_told_where_hyperparameters_repeat(open_report: Open) -> None:
    noise = {"StandardDeviation": 0.002, "Groups": 2, "Jobs": 5}
    page = open_report(document() | {"Noise": noise})
    show(page, "distribution")
    expect(page.locator("#chart-distribution figcaption")).to_contain_text(
        "5 of them repeat hyperparameters: their values have a standard deviation of 0.002"
    )


def test_a_hover_names_the_job_with_its_objective_and_hyperparameters(open_report: Open) -> None:
    page = open_report(document())
    show(page, "history")
    x, y = coloured(page, "history")[0]
    page.locator("#chart-history canvas").first.hover(position={"x": x, "y": y})
    tip = page.locator(".tip")
    expect(tip).to_contain_text("validation:auc 0.")
    expect(tip).to_contain_text("max_depth")


def test_the_arrow_keys_go_from_job_to_job(open_report: Open) -> None:
    page = open_report(document())
    page.locator("#chart-history .plot").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("aside.panel h2")).to_contain_text("001-")
    page.keyboard.press("ArrowRight")
    expect(page.locator("aside.panel h2")).to_contain_text("002-")


def test_the_contour_shows_the_pair_that_is_chosen(open_report: Open) -> None:
    page = open_report(document(ranges=[ETA, DEPTH, GAMMA, BOOSTER]))
    show(page, "contour")
    caption = page.locator("#chart-contour figcaption")
    expect(caption).to_contain_text("over eta (across) and max_depth (up)")
    page.get_by_label("Across").select_option("gamma")
    expect(caption).to_contain_text("over gamma (across) and max_depth (up)")
    page.get_by_label("Up").select_option("booster")
    expect(caption).to_contain_text("There are no bands between categories")


def test_importance_is_told_by_the_evaluator_that_is_chosen(open_report: Open) -> None:
    page = open_report(document())
    show(page, "importance")
    before = pixels(page, "importance")
    page.locator("#chart-importance select").select_option("fANOVA")
    expect(page.locator("#chart-importance figcaption")).to_contain_text("by fANOVA")
    wait_for_drawing(page)
    assert pixels(page, "importance") != before


def test_the_brushed_part_of_an_axis_filters_the_table_until_it_is_clicked(
    open_report: Open,
) -> None:
    page = open_report(document())
    show(page, "parallel")
    box = page.locator("#chart-parallel .plot").bounding_box()
    assert box
    axis = box["x"] + 52  # of eta
    page.mouse.move(axis, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(axis, box["y"] + 150, steps=3)
    page.mouse.up()
    said = page.locator("#jobs [role=status]")
    expect(said).to_contain_text("of 20 training jobs")
    heads = page.locator("#jobs thead th").all_inner_texts()
    etas = page.locator(f"#jobs tbody tr > :nth-child({heads.index('eta') + 1})").all_inner_texts()
    assert 0 < len(etas) < 20
    assert min(map(float, etas)) > 0.05
    page.mouse.click(axis, box["y"] + 300)
    expect(said).to_have_text("20 training jobs")


def test_curves_tell_which_jobs_stopped_early_and_how_many_are_left_out(open_report: Open) -> None:
    report = document(30)
    stopped_early(report["Jobs"][4])
    page = open_report(report)
    show(page, "curves")
    caption = page.locator("#chart-curves figcaption")
    expect(caption).to_contain_text("Dashed with a diamond: stopped early (1).")
    expect(caption).to_contain_text("10 other jobs are left out.")
