// What makes every page a little better; all of it works without.

// The slider: days are numbers to the browser and dates to the case.
for (const form of document.querySelectorAll("form.slider")) {
  const range = form.querySelector(".range");
  const day = form.querySelector("input[type=date]");
  const first = new Date(`${form.dataset.first}T00:00:00Z`);
  range.hidden = false;
  const dated = () => new Date(first.getTime() + 864e5 * Number(range.value)).toISOString().slice(0, 10);
  range.setAttribute("aria-valuetext", dated());
  range.addEventListener("input", () => {
    day.value = dated();
    range.setAttribute("aria-valuetext", day.value);
  });
  range.addEventListener("change", () => form.requestSubmit());
}

// Filters that are chosen, and not typed, are applied at once; empty ones stay out of the address.
for (const form of document.querySelectorAll("form.filters, form.slider")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}
for (const control of document.querySelectorAll("form.filters select, form.filters input[type=checkbox]"))
  control.addEventListener("change", () => control.form.requestSubmit());

// On a phone the filters wait behind their heading.
if (matchMedia("(max-width: 52rem)").matches)
  for (const side of document.querySelectorAll("details.side")) side.open = false;

// On a phone the bar's row of pages may be longer than the screen: it begins where one is.
const row = document.querySelector(".bar nav ul");
const here = row?.querySelector("[aria-current]");
if (here) row.scrollLeft = here.offsetLeft + here.offsetWidth - row.offsetLeft - row.clientWidth + 8;

// "/" goes to the search field, as in most desks of this kind.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector("#find")?.focus();
});

// A page from just before a change looks again by itself, unless somebody is writing in it, or it goes on by itself.
const behind = document.querySelector("[data-behind]");
if (behind) {
  const looking = setInterval(async () => {
    const answer = await fetch("/behind", { headers: { Accept: "application/json" } });
    if (!answer.ok || (await answer.json()).behind) return;
    clearInterval(looking);
    const writing = document.activeElement?.closest("form input, form textarea, form select");
    if (writing || document.querySelector("[data-steady]")) {
      behind.firstChild.textContent = "This page is from before the last change. ";
    } else location.reload();
  }, 1500);
}
