// The log of a training job, which goes on while the job does.
import { follow } from "./live.js";

const log = document.getElementById("log");
const state = document.getElementById("log-state");
let after = "0-0";

follow(
  () => `${log.dataset.log}?after=${encodeURIComponent(after)}`,
  (text, isLast) => {
    const { lines, after: place } = JSON.parse(text);
    after = place;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    log.append(...lines.map(([time, line]) => `${time}  ${line}\n`));
    if (atEnd) log.scrollTop = log.scrollHeight;
    state.textContent = isLast ? (log.textContent ? "The job has ended. Times are UTC." : "The job has no log.") : "Follows. Times are UTC.";
  },
);
