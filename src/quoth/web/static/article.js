// A statement's reading opens beside its words at once; the keyboard goes from one to the next.

const text = document.querySelector(".article .text");
const told = document.querySelector("#told");
const base = text.dataset.article;
const readings = new Map();

const chips = () => [...text.querySelectorAll("a.chip")];
const open = () => text.querySelector(".reading");

/** The reading of a statement as markup, asked for once. */
function reading(id) {
  if (!readings.has(id)) {
    const asked = fetch(`${base}/readings/${id}${kept("?")}`).then((answer) => {
      if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
      return answer.text();
    });
    asked.catch(() => readings.delete(id));
    readings.set(id, asked);
  }
  return readings.get(id);
}

/** The part of the address that every link keeps: as of when. */
function kept(mark) {
  const query = new URLSearchParams(location.search);
  for (const name of [...query.keys()]) if (!["as_of", "clock"].includes(name)) query.delete(name);
  return query.size ? mark + query : "";
}

function mark(id) {
  for (const one of text.querySelectorAll(".sel")) one.classList.remove("sel");
  for (const one of text.querySelectorAll("a.chip[aria-current]")) one.removeAttribute("aria-current");
  if (!id) return;
  for (const one of text.querySelectorAll(`.m[data-of~="${id}"], a.chip[data-statement="${id}"]`)) one.classList.add("sel");
  text.querySelector(`a.chip[data-statement="${id}"]`)?.setAttribute("aria-current", "true");
}

/** Shows a reading behind the block in which its statement begins; `address`: what the link would have led to. */
async function show(id, address, { push = true, focus = true } = {}) {
  const chip = text.querySelector(`a.chip[data-statement="${id}"]`);
  if (!chip) return location.assign(address); // in another part of the article
  mark(id);
  let markup;
  try {
    markup = await reading(id);
  } catch (error) {
    told.textContent = `That reading could not be fetched: ${error.message}.`;
    return location.assign(address);
  }
  open()?.remove();
  chip.closest(".block").insertAdjacentHTML("afterend", markup);
  document.querySelector("main").classList.add("chosen");
  if (push) history.pushState({ statement: id }, "", address);
  const panel = open();
  if (focus) panel.focus({ preventScroll: true });
  chip.scrollIntoView({ block: "nearest" });
  const ends = panel.getBoundingClientRect();
  if (ends.top > innerHeight - 120) panel.scrollIntoView({ block: "nearest" });
  for (const near of panel.querySelectorAll("a.step[data-statement]")) reading(near.dataset.statement).catch(() => {});
}

function close({ push = true } = {}) {
  const panel = open();
  if (!panel) return;
  const id = panel.dataset.statement;
  panel.remove();
  mark("");
  if (push) history.pushState({}, "", base + kept("?"));
  text.querySelector(`a.chip[data-statement="${id}"]`)?.focus();
}

text.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-statement], a.step");
  if (!link) return;
  if (getSelection()?.toString() && link.matches(".m")) return event.preventDefault(); // words are being copied
  event.preventDefault();
  if (link.matches(".step.close")) close();
  else show(link.dataset.statement, link.href);
});

for (const kind of ["pointerover", "focusin"])
  text.addEventListener(kind, (event) => {
    const link = event.target.closest("a[data-statement]");
    if (link) reading(link.dataset.statement).catch(() => {});
  });

/** The statement before or behind the one that is open, or that has the focus. */
function step(by) {
  const all = chips();
  const id = open()?.dataset.statement ?? document.activeElement?.dataset?.statement;
  const at = all.findIndex((chip) => chip.dataset.statement === id);
  const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
  if (next) show(next.dataset.statement, next.href);
  else open()?.querySelector(`a.step[rel=${by > 0 ? "next" : "prev"}]`)?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) {
    if (event.key === "Escape" && event.target.closest(".reading")) open()?.focus();
    return;
  }
  const along = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape" && open()) close();
  else if (along) step(along);
  else return;
  event.preventDefault();
});

addEventListener("popstate", () => {
  const id = new URLSearchParams(location.search).get("statement");
  if (!id) close({ push: false });
  else if (text.querySelector(`a.chip[data-statement="${CSS.escape(id)}"]`)) show(id, location.href, { push: false });
  else location.reload();
});

// What a form of the reading finds wrong is looked at first.
document.querySelector(".reading .wrong:not([hidden])")?.closest("details")?.scrollIntoView({ block: "nearest" });
