// What is wrong with how the page lies on the screen, each as a sentence.
() => {
  const wrong = [];
  for (const each of document.querySelectorAll("details")) each.open = true;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    wrong.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}`);

  const hiddenFromSight = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.clipPath !== "none" || style.clip !== "auto" || style.opacity === "0") return true;
      if (style.position === "fixed" || style.position === "sticky") return true;
    }
    return !element.checkVisibility({ visibilityProperty: true });
  };

  // The box within which something can be seen: that of the nearest around it which cuts or scrolls.
  const frameOf = (element) => {
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(each);
      if (display !== "inline" && (overflowX !== "visible" || overflowY !== "visible")) return each;
    }
    return null;
  };

  const boxes = [];
  const add = (rect, element, text, widget = false) => {
    if (rect.width < 2 || rect.height < 2) return;
    const frame = frameOf(element);
    if (frame) {
      const outer = frame.getBoundingClientRect();
      const style = getComputedStyle(frame);
      const beyond = rect.right > outer.right + 2 || rect.left < outer.left - 2;
      const below = rect.bottom > outer.bottom + 4 || rect.top < outer.top - 4;
      const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
      if ((beyond && cuts(style.overflowX)) || (below && cuts(style.overflowY)))
        wrong.push(`cut off: ${text}`);
      if (beyond || below) return;
    } else if (rect.right > innerWidth + 1 || rect.left < -1) {
      wrong.push(`beyond the window: ${text}`);
    }
    boxes.push({ left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom, text, element, widget });
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = node.data.trim();
    if (!text || hiddenFromSight(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      // A line's box holds room above and below its letters, which tightly set lines share.
      const room = line.height / 4;
      add(new DOMRect(line.left + 1, line.top + room, line.width - 2, line.height - 2 * room),
        node.parentElement, text.slice(0, 60));
    }
  }
  for (const element of document.querySelectorAll("img, input, select, textarea, button"))
    if (!hiddenFromSight(element))
      add(element.getBoundingClientRect(), element, element.outerHTML.slice(0, 60), true);

  // What names a table is read without scrolling it sideways.
  for (const caption of document.querySelectorAll("caption")) {
    const frame = frameOf(caption);
    if (frame && !hiddenFromSight(caption.parentElement) &&
        getComputedStyle(caption).clipPath === "none" &&
        caption.getBoundingClientRect().width > frame.clientWidth + 1)
      wrong.push(`wider than its frame: ${caption.textContent.trim().slice(0, 60)}`);
  }

  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((box, index) => {
    for (let next = index + 1; next < boxes.length && boxes[next].top < box.bottom - 1; next++) {
      const other = boxes[next];
      const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const inside = box.element.contains(other.element) || other.element.contains(box.element);
      const one = inside && (box.element !== other.element || box.widget || other.widget);
      if (across > 1 && !one)
        wrong.push(`“${box.text}” lies over “${other.text}”`);
    }
  });
  return [...new Set(wrong)];
}
