const highlight = require("@11ty/eleventy-plugin-syntaxhighlight");

const SIZE = 20;
const slug = (text) => text.toLowerCase().replaceAll(" ", "-");

// The articles, the newest first; each knows its neighbours.
function articles(api) {
  const items = api.getFilteredByGlob("content/articles/**/*.md");
  items.sort((a, b) => b.date - a.date);
  items.forEach((item, place) => {
    item.data.newer = items[place - 1];
    item.data.older = items[place + 1];
  });
  return items;
}

function pagesOf(list, entry) {
  const total = Math.ceil(list.length / SIZE);
  return Array.from({ length: total }, (_, number) => ({
    ...entry,
    number: number + 1,
    total,
    items: list.slice(number * SIZE, (number + 1) * SIZE),
  }));
}

module.exports = function (config) {
  config.addPlugin(highlight);
  config.setUseGitIgnore(false);
  config.addCollection("articles", articles);
  config.addCollection("homePages", (api) => pagesOf(articles(api), { path: "/" }));
  config.addCollection("weeks", (api) => {
    const weeks = new Map();
    for (const item of articles(api)) {
      if (!weeks.has(item.data.week)) weeks.set(item.data.week, []);
      weeks.get(item.data.week).push(item);
    }
    return [...weeks].map(([name, items]) => ({ name, items, path: `/digest/${name}/` }));
  });
  const terms = (api) => {
    const found = new Map();
    for (const item of articles(api)) {
      for (const taxonomy of item.data.site.taxonomies) {
        for (const name of item.data[taxonomy] || []) {
          const path = `/${taxonomy}/${slug(name)}/`;
          if (!found.has(path)) found.set(path, { taxonomy, name, path, items: [] });
          found.get(path).items.push(item);
        }
      }
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  config.addCollection("terms", terms);
  config.addCollection("termPages", (api) =>
    terms(api).flatMap((term) => pagesOf(term.items, term)),
  );
  config.addCollection("taxonomies", (api) => {
    const found = new Map();
    for (const term of terms(api)) {
      if (!found.has(term.taxonomy)) found.set(term.taxonomy, []);
      found.get(term.taxonomy).push(term);
    }
    return [...found].map(([name, list]) => ({ name, terms: list }));
  });
  config.addFilter("slug", slug);
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("day", (date) =>
    date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  );
  config.addFilter("first", (list, count) => list.slice(0, count));
  config.addFilter("pagePath", (page, number) =>
    number === 1 ? page.path : `${page.path}page/${number}/`,
  );
  return {
    dir: { input: "content", includes: "../_includes", output: "output" },
    markdownTemplateEngine: false,
  };
};
