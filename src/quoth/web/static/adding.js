// Files may be dropped on their form; what is chosen is listed with its size before it is sent.
const LARGEST = 100_000_000;
const form = document.querySelector("form[data-drop]");
const input = form.querySelector("input[type=file]");
const zone = form.querySelector(".drop");
const chosen = form.querySelector(".chosen");
form.querySelector(".dropping").hidden = false;

const size = (bytes) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000).toLocaleString()} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const list = () => {
  chosen.replaceChildren(
    ...[...input.files].slice(0, 50).map((file) => {
      const row = document.createElement("li");
      const name = document.createElement("bdi");
      const told = document.createElement("span");
      name.textContent = file.name;
      told.textContent = file.size > LARGEST ? `${size(file.size)}, too large` : size(file.size);
      told.className = file.size > LARGEST ? "large" : "meta";
      row.append(name, told);
      return row;
    }),
  );
  if (input.files.length > 50) {
    const more = document.createElement("li");
    more.textContent = `and ${input.files.length - 50} more`;
    chosen.append(more);
  }
};
input.addEventListener("change", list);
if (input.files.length) list();

// The whole page takes files, so that nobody loses their work to the browser showing one.
const carries = (event) => event.dataTransfer?.types.includes("Files");
let depth = 0;
document.addEventListener("dragenter", (event) => {
  if (!carries(event)) return;
  depth += 1;
  zone.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!carries(event)) return;
  depth -= 1;
  if (depth <= 0) zone.classList.remove("over");
});
document.addEventListener("dragover", (event) => {
  if (carries(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  depth = 0;
  zone.classList.remove("over");
  const all = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
  input.files = all.files;
  list();
  form.querySelector("button").focus();
});

// What is wrong is read out first.
document.querySelector("#wrong")?.focus();

// Sent once.
for (const one of document.querySelectorAll("main.adding form"))
  one.addEventListener("submit", () => {
    const button = one.querySelector("button");
    setTimeout(() => { button.disabled = true; });
    button.textContent = "Sending …";
  });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
