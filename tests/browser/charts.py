"""What a test sees of a chart: its pixels, as a reader does."""

from __future__ import annotations

from playwright.sync_api import Page

# Places whose colour is neither grey nor pale: dots and lines, but no bands of a contour.
_COLOURED = """key => {
  const canvas = document.querySelector(`#chart-${key} canvas`);
  if (!canvas || !canvas.width) return [];
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, copy.width, copy.height);
  const found = [];
  for (let y = 0; y < height; y += 2) for (let x = 0; x < width; x += 2) {
    const [r, g, b, a] = data.slice(4 * (y * width + x), 4 * (y * width + x) + 4);
    if (a > 150 && Math.max(r, g, b) - Math.min(r, g, b) > 120) {
      found.push([x / width * canvas.clientWidth, y / height * canvas.clientHeight]);
    }
  }
  return found;
}"""


def show(page: Page, key: str) -> None:
    """Scrolls to the chart, which draws it, with the pointer over nothing that it would mark."""
    page.mouse.move(0, 0)
    page.locator(f"#chart-{key}").scroll_into_view_if_needed()
    page.wait_for_selector(f"#chart-{key} canvas")
    wait_for_drawing(page)


def coloured(page: Page, key: str) -> list[tuple[float, float]]:
    """Points of the chart in clear colours, in pixels from its corner."""
    return [(x, y) for x, y in page.evaluate(_COLOURED, key)]


def click_something(page: Page, key: str) -> None:
    """Clicks where the chart has something in the colours of the objective."""
    show(page, key)
    points = coloured(page, key)
    x, y = points[len(points) // 2]
    page.locator(f"#chart-{key} canvas").first.click(position={"x": x, "y": y})


def pixels(page: Page, key: str) -> str:
    """All of the chart, to be compared."""
    return str(page.locator(f"#chart-{key} canvas").first.evaluate("it => it.toDataURL()"))


def wait_for_drawing(page: Page) -> None:
    """Waits until a change is drawn: in the next frame, or later where it changes widths."""
    page.evaluate(
        """async () => {
          for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
        }"""
    )
