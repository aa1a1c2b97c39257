// Makes a page that is whole without it a little nicer: how long ago, what is fresh, copying a link,
// the current section in sight.
(() => {
  "use strict";
  const language = document.documentElement.lang || "en";

  const agoOf = (seconds) => {
    const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
    const [unit, size] = units.find(([, size]) => seconds >= size) || ["minute", 60];
    return new Intl.RelativeTimeFormat(language, { numeric: "auto", style: unit === "day" ? "long" : "narrow" })
      .format(-Math.floor(seconds / size), unit);
  };

  for (const time of document.querySelectorAll("time[data-relative]")) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    if (seconds >= 0 && seconds < 7 * 86400) {
      time.title = time.textContent;
      time.textContent = agoOf(seconds);
    }
  }

  for (const mark of document.querySelectorAll("[data-fresh]")) {
    const hours = (Date.now() - Date.parse(mark.dataset.since)) / 3600000;
    mark.hidden = !(hours >= 0 && hours < Number(mark.dataset.fresh));
  }

  for (const link of navigator.clipboard ? document.querySelectorAll("a[data-copy]") : []) {
    const own = [...link.childNodes];
    link.hidden = false;
    link.setAttribute("role", "button");
    const said = document.createElement("span");
    said.className = "vh";
    said.setAttribute("role", "status");
    link.after(said);
    const copy = (event) => {
      event.preventDefault();
      navigator.clipboard.writeText(link.href).then(() => {
        link.textContent = said.textContent = link.dataset.copied;
        setTimeout(() => { link.replaceChildren(...own); said.textContent = ""; }, 2500);
      }, () => { location.href = link.href; });
    };
    link.addEventListener("click", copy);
    link.addEventListener("keydown", (event) => { if (event.key === " ") copy(event); });
  }

  // On a narrow screen the sections scroll sideways; not the page, as scrollIntoView could.
  const current = document.querySelector(".sections [aria-current]");
  if (current) {
    const strip = current.closest(".sections");
    const [inner, outer] = [current, strip].map((each) => each.getBoundingClientRect());
    strip.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }

  // Paper has no buttons: what is folded is shown while the page is printed.
  const folded = () => document.querySelectorAll("details:not([open])");
  let opened = [];
  addEventListener("beforeprint", () => { opened = [...folded()]; opened.forEach((each) => { each.open = true; }); });
  addEventListener("afterprint", () => { opened.forEach((each) => { each.open = false; }); opened = []; });
})();
