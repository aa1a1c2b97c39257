// Structured data: schema.org in JSON-LD for search engines, and each article as JSON.

const { iso } = require("./dates.js");
const { idOf } = require("./feeds.js");
const { minutes, title, words } = require("./newsletter.js");

const publisher = (site) => ({ "@type": "Organization", name: site.title, url: `${site.url}/` });

function article(item, site) {
  const groups = item.data.groups;
  const named = (own) => groups.filter((group) => (group.taxonomy === "authors") === own);
  const authors = named(true).flatMap((group) => group.terms);
  return {
    "@type": "NewsArticle",
    "@id": idOf(item, site),
    headline: item.data.title,
    description: item.data.hook,
    url: site.url + item.url,
    mainEntityOfPage: site.url + item.url,
    datePublished: iso(item.date),
    dateModified: iso(item.date),
    inLanguage: "en",
    author: authors.length
      ? authors.map(({ name, path }) => ({ "@type": "Person", name, url: site.url + path }))
      : [publisher(site)],
    publisher: publisher(site),
    keywords: named(false).flatMap((group) => group.terms.map((term) => term.name)),
    wordCount: words(item),
  };
}

// The whole article as JSON.
function document(item, site) {
  const line = (text) => ({ html: text, text });
  const link = (path) => site.url + path;
  return JSON.stringify({
    id: idOf(item, site),
    url: link(item.url),
    title: line(item.data.title),
    language: "en",
    published: iso(item.date),
    minutes: minutes(item),
    digest: { title: item.data.digest.title, url: link(item.data.digest.path) },
    body: {
      html: item.content.replaceAll('href="/', `href="${site.url}/`),
      words: words(item),
      markdown: `${link(item.url)}index.md`,
    },
    hook: line(item.data.hook),
    terms: item.data.groups.map(({ taxonomy, terms }) => ({
      taxonomy,
      title: title(taxonomy),
      terms: terms.map(({ name, path }) => ({ name, url: link(path) })),
    })),
    related: item.data.related.map((other) => ({
      title: line(other.data.title),
      url: link(other.url),
      published: iso(other.date),
    })),
  });
}

function week(digest, site) {
  const items = digest.groups.flatMap((group) => group.items);
  return {
    "@type": "CollectionPage",
    name: digest.title,
    url: site.url + digest.path,
    inLanguage: "en",
    isPartOf: { "@type": "WebSite", name: site.title, url: `${site.url}/` },
    mainEntity: {
      "@type": "ItemList",
      numberOfItems: items.length,
      itemListElement: items.map((item, place) => ({
        "@type": "ListItem",
        position: place + 1,
        url: site.url + item.url,
      })),
    },
  };
}

const home = (site) => ({
  "@type": "WebSite",
  name: site.title,
  url: `${site.url}/`,
  description: site.description,
  inLanguage: "en",
  publisher: publisher(site),
});

const page = (name, url, description, site) => ({
  "@type": "WebPage",
  name,
  url: site.url + url,
  description,
  inLanguage: "en",
});

function script(data) {
  const text = JSON.stringify({ "@context": "https://schema.org", ...data });
  return `<script type="application/ld+json">${text.replaceAll("<", "\\u003c")}</script>`;
}

module.exports = function (config) {
  config.addShortcode("articleData", (item, site) => script(article(item, site)));
  config.addFilter("articleJson", document);
  config.addShortcode("weekData", (digest, site) => script(week(digest, site)));
  config.addShortcode("homeData", (site) => script(home(site)));
  config.addShortcode("pageData", (...all) => script(page(...all)));
};
