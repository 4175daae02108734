// A job that is watched: rows and state as they come.  Both are HTML of the desk's own templates.
const status = document.querySelector("#status");
const items = document.querySelector("#items");
const events = new EventSource(`${status.dataset.events}?from=${status.dataset.from}`);

events.addEventListener("message", (event) => {
  const told = JSON.parse(event.data);
  if (told.rows.trim()) items.insertAdjacentHTML("beforeend", told.rows);
  const held = status.contains(document.activeElement);
  status.innerHTML = told.status;
  if (held) status.querySelector("button, a")?.focus();
  if (told.over) events.close();
});
