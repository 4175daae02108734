// A map that is wider than its frame begins in the middle of what there is to see.
for (const sheet of document.querySelectorAll(".map .sheet")) {
  const marks = sheet.querySelectorAll(".mark");
  const frame = sheet.getBoundingClientRect();
  const largest = marks[0]?.getBoundingClientRect();
  const middle = largest ? largest.left + largest.width / 2 - frame.left : sheet.scrollWidth / 2;
  sheet.scrollLeft = middle - sheet.clientWidth / 2;
}
