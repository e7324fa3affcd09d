const plots = [...document.querySelectorAll(".plot")];

/* Plotly knows no CSS variables: the page's colours are handed over, again when they change. */
function themed(layout) {
  const style = getComputedStyle(document.documentElement);
  const text = style.getPropertyValue("--text").trim();
  const line = style.getPropertyValue("--line").trim();
  const result = { ...layout, font: { ...layout.font, color: text } };
  for (const key of Object.keys(layout).filter((key) => /^[xy]axis/.test(key))) {
    result[key] = { ...layout[key], color: text, gridcolor: line, zeroline: false };
  }
  return result;
}

function draw(node) {
  node.style.setProperty("--least", node.dataset.least);
  const { data, layout } = JSON.parse(node.closest("figure").querySelector("script").textContent);
  const settings = { responsive: true, displaylogo: false, displayModeBar: false };
  Plotly.react(node, data, themed(layout), settings);
}

function drawAgain() {
  plots.forEach(draw);
  plots.forEach((node) => Plotly.Plots.resize(node));
}

plots.forEach(draw);
for (const other of ["print", "(prefers-color-scheme: dark)"]) {
  matchMedia(other).addEventListener("change", drawAgain);
}
