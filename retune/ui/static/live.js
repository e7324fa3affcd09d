// Parts of a page that are asked for again while the page is seen: [data-live] has the address.
// The server says in a header when it is worth asking again, and says nothing when it never is.
const AGAIN = "Retune-Again";
const TROUBLE_SECONDS = 10; // until the next try after an error
const trouble = document.getElementById("trouble");

/** Fetches again and again until the server says that it is enough; `show` gets each answer. */
export async function follow(address, show) {
  for (;;) {
    await seen();
    let seconds = TROUBLE_SECONDS;
    try {
      const answer = await fetch(address(), { headers: { Accept: "text/html, application/json" } });
      const text = await answer.text();
      if (answer.ok) {
        tell("");
        const again = answer.headers.get(AGAIN);
        show(text, again === null);
        if (again === null) return;
        seconds = Number(again);
      } else {
        tell(text);
      }
    } catch {
      tell("retune ui does not answer. Was it ended? Start it again and open its new link.");
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

function tell(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
}

/** Resolves when the tab is seen: nobody needs what a hidden one would ask for. */
function seen() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", function look() {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    });
  });
}

/** Puts the new HTML in place, child by child, so that a field keeps what is typed into it. */
function replace(part, html, shown) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const kept = new Set();
  let before = part.firstElementChild;
  for (const child of [...fresh.children]) {
    kept.add(child.id);
    const known = part.querySelector(`:scope > #${CSS.escape(child.id)}`);
    if (known && shown.get(child.id) === child.outerHTML) {
      before = known.nextElementSibling;
      continue;
    }
    shown.set(child.id, child.outerHTML);
    localTimes(child);
    if (known) {
      known.replaceWith(child);
    } else {
      part.insertBefore(child, before);
    }
    before = child.nextElementSibling;
  }
  for (const child of [...part.children]) if (!kept.has(child.id)) child.remove();
}

/** The server writes times in UTC. */
function localTimes(part) {
  for (const time of part.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    time.title = date.toLocaleString();
    time.textContent = date.toLocaleString(undefined, {
      month: "short", day: "numeric", hour: "2-digit", minute: "2-digit",
    });
  }
}

localTimes(document);
for (const part of document.querySelectorAll("[data-live]")) {
  const shown = new Map();
  follow(() => part.dataset.live, (html) => replace(part, html, shown));
}
