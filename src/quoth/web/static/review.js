// Review by keyboard: the next reading shows at once, and what was judged is written down meanwhile.

const main = document.querySelector("main");
const done = document.querySelector("#done");
const item = () => document.querySelector("#item");
const csrf = () => document.querySelector("#item input[name=csrf]")?.value ?? lastCsrf;
let lastCsrf = document.querySelector("input[name=csrf]")?.value ?? "";

const fetched = new Map(); // address of an item → promise of its markup
const judged = []; // what may be undone: { place, judgement: promise of its id, words }
let writing = Promise.resolve();

const address = (query) => {
  const base = item().dataset.address;
  return `${base}${base.includes("?") ? "&" : "?"}${query}`;
};

function markup(where) {
  if (!fetched.has(where)) {
    const asked = fetch(`${where}${where.includes("?") ? "&" : "?"}only=item`).then((answer) => {
      if (answer.status !== 200) throw new Error(`the desk answered ${answer.status}`);
      return answer.text();
    });
    asked.catch(() => fetched.delete(where));
    fetched.set(where, asked);
  }
  return fetched.get(where);
}

/** Shows the reading at an address; the one after it is asked for in advance. */
async function show(where, { push = true } = {}) {
  try {
    const found = await markup(where);
    fetched.delete(where);
    item().outerHTML = found;
  } catch (error) {
    tell(`The next reading could not be fetched: ${error.message}.`, true);
    return;
  }
  lastCsrf = csrf();
  if (push) history.pushState({}, "", where);
  item().focus({ preventScroll: true });
  item().scrollIntoView({ block: "nearest" });
  ahead();
}

function ahead() {
  const { place } = item().dataset;
  if (place) markup(address(`after=${place}`)).catch(() => {});
}

function tell(words, wrong = false) {
  done.classList.toggle("wrong", wrong);
  const told = document.createElement("p");
  told.textContent = words;
  done.replaceChildren(told);
  if (wrong || !judged.length) return;
  const button = document.createElement("button");
  button.className = "quiet";
  button.dataset.key = "u";
  button.append("Undo ", Object.assign(document.createElement("kbd"), { textContent: "u" }));
  button.addEventListener("click", undo);
  done.append(button);
}

/** Writes something down, after all that was judged before it; gives what the desk answered. */
function post(action, form) {
  const body = new URLSearchParams(form);
  body.set("csrf", lastCsrf);
  const sent = writing.then(async () => {
    const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
    const kind = answer.headers.get("Content-Type") ?? "";
    const told = kind.startsWith("application/json") ? await answer.json() : {};
    if (answer.status === 422) return told;
    if (!answer.ok || !told.judgement) throw new Error(told.detail ?? `the desk answered ${answer.status}`);
    return told;
  });
  writing = sent.catch(() => {});
  return sent;
}

/** Accepts or rejects what is shown, and goes on; where it could not be written down, it comes back. */
function judge(form, button) {
  const { place } = item().dataset;
  const words = { accept: "Accepted", reject: "Rejected" }[button.value];
  const who = item().querySelector("h2").innerText;
  const sent = post(button.getAttribute("formaction") ?? form.action, new FormData(form));
  const entry = { place, judgement: sent.then((told) => told.judgement) };
  judged.push(entry);
  entry.judgement.catch(() => {}); // told below
  sent.catch((error) => {
    judged.splice(judged.indexOf(entry), 1);
    show(address(`at=${place}`)).then(() => tell(`That was not written down: ${error.message}. Here it is again.`, true));
  });
  show(address(`after=${place}`)).then(() => tell(`${words}: ${who}.`));
}

async function correct(form) {
  const { place } = item().dataset;
  for (const one of form.querySelectorAll("[data-wrong]")) one.hidden = true;
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  let told;
  try {
    told = await post(form.action, new FormData(form));
  } catch (error) {
    return tell(`That was not written down: ${error.message}.`, true);
  }
  if (!told.errors) {
    judged.push({ place, judgement: Promise.resolve(told.judgement) });
    await show(address(`after=${place}`));
    return tell("Corrected.");
  }
  for (const [name, words] of Object.entries(told.errors)) {
    const place = form.querySelector(`[data-wrong="${CSS.escape(name)}"]`);
    place.textContent = words;
    place.hidden = false;
    form.elements[name]?.setAttribute("aria-invalid", "true");
  }
  (form.querySelector("[aria-invalid]") ?? form.querySelector("input:not([type=hidden])")).focus();
}

async function undo() {
  const last = judged.pop();
  if (!last) return tell("Nothing was judged here that could be undone.", true);
  let id;
  try {
    id = await last.judgement;
    await post(`/judgements/${id}/undo`, { then: "review" });
  } catch (error) {
    if (id) judged.push(last);
    return tell(`That was not undone: ${error.message}.`, true);
  }
  fetched.clear();
  await show(address(`at=${last.place}`));
  tell("Undone.");
}

main.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches(".judge")) {
    event.preventDefault();
    judge(form, event.submitter ?? form.querySelector("button"));
  } else if (form.matches(".correct form")) {
    event.preventDefault();
    correct(form);
  }
});

main.addEventListener("click", (event) => {
  const link = event.target.closest("#item nav a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.getAttribute("href"));
});

const KEYS = { a: "a", r: "r", c: "c", u: "u", j: "j", ArrowRight: "j", k: "k", ArrowLeft: "k", "?": "?" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") item().focus();
    return;
  }
  const key = KEYS[event.key];
  if (!key) return;
  event.preventDefault();
  if (key === "u" && judged.length) return undo();
  const control = main.querySelector(`[data-key="${key}"]`);
  if (!control) return;
  if (control.tagName !== "SUMMARY") return control.click();
  control.parentElement.open = key === "c" || !control.parentElement.open;
  if (key === "c") control.parentElement.querySelector("input:not([type=hidden])").select();
  else control.focus();
});

addEventListener("popstate", () => location.reload());
ahead();
