// Runs before the first paint, so that a page never flashes in colours that its reader has not chosen.
(() => {
  const root = document.documentElement;
  const schemes = ["system", "light", "dark"];
  const apply = (scheme) => {
    root.dataset.scheme = schemes.includes(scheme) ? scheme : "system";
    for (const meta of document.querySelectorAll("meta[data-own]"))
      meta.media = schemes.indexOf(scheme) > 0 ? (meta.dataset.own === scheme ? "all" : "not all") : `(prefers-color-scheme: ${meta.dataset.own})`;
  };

  // A browser that forbids storage throws on the mere mention of it; the choice then lasts for the page.
  try { apply(localStorage.scheme); } catch { apply(); }
  addEventListener("click", ({ target }) => {
    if (!target.closest("[data-scheme-switch]")) return;
    apply(schemes[(schemes.indexOf(root.dataset.scheme) + 1) % 3]);
    try { localStorage.scheme = root.dataset.scheme; } catch { }
  });
})();
