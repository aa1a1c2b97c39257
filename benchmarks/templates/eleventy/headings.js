// Gives every heading an id, and lists the headings of a page.

const HEADING = /<h([23]) id="([^"]*)"[^>]*>(.*?)<\/h\1>/gs;

function withIds(state) {
  const taken = new Set();
  state.tokens.forEach((token, place) => {
    if (token.type !== "heading_open") return;
    const text = state.tokens[place + 1].content.toLowerCase();
    const base = text.replace(/[^\p{L}\p{N}\s-]/gu, "").trim().replace(/\s+/g, "-");
    let id = base;
    for (let number = 1; taken.has(id); number += 1) id = `${base}-${number}`;
    taken.add(id);
    token.attrSet("id", id);
  });
}

function headings(html) {
  return [...html.matchAll(HEADING)].map(([, level, id, text]) => ({ level: +level, id, text }));
}

module.exports = function (config) {
  config.amendLibrary("md", (md) => md.core.ruler.push("heading_ids", withIds));
  config.addFilter("headings", headings);
};
