// The names of all that the keyboard has to come to, in their order; takes down what it comes to, and
// whether that looks different then.
() => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const name = (element) => element.getAttribute("aria-label") || element.textContent.trim() || element.name;
  const look = (element) => {
    const { outlineStyle, outlineWidth, boxShadow, backgroundColor, textDecoration } = getComputedStyle(element);
    return [outlineStyle !== "none" && outlineWidth, boxShadow, backgroundColor, textDecoration].join();
  };
  const reachable = [...document.querySelectorAll(wanted)].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
  // From where the page itself has put the keyboard, if it has: on from there, and round.
  const start = reachable.indexOf(document.activeElement) + 1;
  document.activeElement.blur();
  const looks = new Map(reachable.map((element) => [element, look(element)]));
  globalThis.visited = [];
  addEventListener("focusin", ({ target }) => {
    const { width, height } = target.getBoundingClientRect();
    visited.push({ name: name(target), seen: width > 1 && height > 1 && looks.get(target) !== look(target) });
  });
  return [...reachable.slice(start), ...reachable.slice(0, start)].map(name);
}
