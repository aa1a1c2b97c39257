// Runs before the first paint, so that a page never flashes in the colours that its reader has not chosen.
(() => {
  "use strict";
  const root = document.documentElement;
  const apply = (scheme) => {
    root.dataset.scheme = scheme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.dataset.media ||= meta.media;
      const own = meta.dataset.media.includes("dark") ? "dark" : "light";
      meta.media = scheme === "system" ? meta.dataset.media : own === scheme ? "all" : "not all";
    }
  };

  // A browser that forbids storage throws on the mere mention of it.
  const stored = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const store = (scheme) => { try { localStorage.setItem("scheme", scheme); } catch { /* lasts for this page */ } };

  const schemes = ["system", "light", "dark"];
  apply(schemes.includes(stored()) ? stored() : "system");
  addEventListener("click", (event) => {
    if (!event.target.closest("[data-scheme-switch]")) return;
    const next = schemes[(schemes.indexOf(root.dataset.scheme) + 1) % schemes.length];
    store(next);
    apply(next);
  });
  addEventListener("storage", (event) => { if (event.key === "scheme" && schemes.includes(event.newValue)) apply(event.newValue); });
})();
