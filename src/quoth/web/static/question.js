// One question: how many statements are chosen to be split off, and a step of time by the arrow keys.

const form = document.querySelector("form#split");
if (form) {
  const told = form.querySelector("[data-chosen]");
  const count = () => {
    const parts = [...form.elements].filter((one) => one.name === "part" && one.checked).length;
    const answers = [...form.elements].filter((one) => one.name === "answer" && one.checked).length;
    const words = [];
    if (parts) words.push(`${parts} statement${parts === 1 ? "" : "s"}`);
    if (answers) words.push(`${answers} whole answer${answers === 1 ? "" : "s"}`);
    told.hidden = words.length === 0;
    told.textContent = `Chosen: ${words.join(" and ")}.`;
  };
  document.addEventListener("change", (event) => event.target.form === form && count());
  count();
}

// "[" and "]" step to the day before and after on which something was added.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { "[": "prev", "]": "next" }[event.key];
  if (step) document.querySelector(`.steps a[rel=${step}]`)?.click();
});
