// The lines that the page's main part shows when all is unfolded, but for those words that are the
// clock's, a button's or the search's.
() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const each of document.querySelectorAll("time, [data-fresh], [role=status], [role=search], [role=button], button")) each.remove();
  const lines = document.querySelector("main").innerText.split("\n");
  return lines.map((line) => line.trim()).filter(Boolean);
}
