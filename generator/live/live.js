// Keeps an open page as the last build made it. Added by `broadsheet watch` only.
(() => {
  const place = "broadsheet-scroll:" + location.pathname;
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    addEventListener("load", () => scrollTo(0, Number(kept)));
  }

  const reload = () => {
    sessionStorage.setItem(place, String(scrollY));
    location.reload();
  };

  const swapStyles = () => {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(link.href);
      address.searchParams.set("live", String(Date.now()));
      const next = link.cloneNode();
      next.href = address.href;
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  };

  const element = (name, text, style) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.style.cssText = style || "";
    return made;
  };

  const showMistakes = (mistakes) => {
    document.getElementById("broadsheet-mistakes")?.remove();
    if (!mistakes.length) return;
    const host = element("div", "");
    host.id = "broadsheet-mistakes";
    host.setAttribute("role", "alert");
    const root = host.attachShadow({ mode: "open" });
    const sheet = element("section", "",
      "position:fixed;inset:auto 0 0 0;max-height:70vh;overflow:auto;z-index:2147483647;" +
      "background:#1d1b1a;color:#f5f0e8;font:15px/1.5 ui-monospace,monospace;padding:1rem 1.5rem;" +
      "border-top:4px solid #e5484d");
    sheet.append(element("h2", "The last good site is shown: this must be mended first",
      "font-size:1rem;margin:0 0 .5rem"));
    for (const mistake of mistakes) {
      const where = [mistake.file, mistake.line, mistake.column].filter(Boolean).join(":");
      sheet.append(element("p", where + ": " + mistake.message, "margin:.75rem 0 .25rem;font-weight:bold"));
      if (mistake.hint) sheet.append(element("p", mistake.hint, "margin:0 0 .25rem;color:#ffca7a"));
      const text = element("pre", "", "margin:0;white-space:pre-wrap");
      for (const [number, line] of mistake.text) {
        text.append(element("span", String(number).padStart(5) + " | " + line + "\n",
          number === mistake.line ? "color:#ff9592" : "color:#b5aea6"));
      }
      sheet.append(text);
    }
    root.append(sheet);
    document.body.append(host);
  };

  let lost = false;
  const events = new EventSource("/.broadsheet/events");
  events.addEventListener("open", () => { if (lost) reload(); });
  events.addEventListener("error", () => { lost = true; });
  events.addEventListener("reload", reload);
  events.addEventListener("styles", swapStyles);
  events.addEventListener("mistakes", (event) => showMistakes(JSON.parse(event.data)));
})();
