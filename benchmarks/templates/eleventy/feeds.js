// The entries of feeds: whole articles, and whole weeks.

const { date, day, iso } = require("./dates.js");
const { counted, minutes } = require("./newsletter.js");

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function idOf(item, site) {
  const { host } = new URL(site.url);
  return item.groups
    ? `tag:${host},2000:digest/${item.name}`
    : `tag:${host},${iso(item.date).slice(0, 10)}:${item.fileSlug}`;
}

// Each is in several feeds of three forms.
const entries = new WeakMap();
function entry(item, site) {
  if (!entries.has(item)) entries.set(item, (item.groups ? weekEntry : articleEntry)(item, site));
  return entries.get(item);
}

function articleEntry(item, site) {
  const groups = item.data.groups;
  const names = (own) =>
    groups
      .filter((group) => (group.taxonomy === "authors") === own)
      .flatMap((group) => group.terms.map((term) => term.name));
  const body = item.content.replaceAll('href="/', `href="${site.url}/`);
  return {
    id: idOf(item, site),
    url: site.url + item.url,
    title: item.data.title,
    date: item.date,
    summary: item.data.hook,
    content: `<p dir="auto"><em>${escaped(item.data.hook)}</em></p>\n<div dir="auto">\n${body}\n</div>`,
    authors: names(true),
    tags: names(false),
  };
}

function weekEntry(week, site) {
  const titles = week.groups.flatMap((group) => group.items.map((item) => item.data.title));
  const card = (item) => `<h3 dir="auto"><a href="${site.url}${item.url}">${escaped(item.data.title)}</a></h3>
<p dir="auto">${escaped(item.data.hook)}</p>
<p><small>${date(item.date)}, ${minutes(item)} min read</small></p>
`;
  const group = ({ term, items }) =>
    `<h2 dir="auto"><a href="${site.url}${term.path}">${escaped(term.name)}</a></h2>\n` +
    items.map(card).join("");
  const span = `${day(week.begins)} to ${date(week.ends)}`;
  return {
    id: idOf(week, site),
    url: site.url + week.path,
    title: week.title,
    date: week.date,
    summary: `${titles.join(", ").slice(0, 600)}…`,
    content:
      `<p>${span}: ${counted(week.items.length)}, ${week.minutes} min read.</p>\n` +
      week.groups.map(group).join(""),
    authors: [],
    tags: [],
  };
}

function jsonFeed(feed, site) {
  const items = feed.items.map((item) => {
    const { id, url, title, content, date: moment, summary, authors, tags } = entry(item, site);
    return {
      id,
      url,
      title,
      content_html: content,
      summary,
      date_published: iso(moment),
      date_modified: iso(moment),
      authors: authors.map((name) => ({ name })),
      tags,
      language: "en",
    };
  });
  const data = {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: site.url + feed.path,
    feed_url: `${site.url}${feed.path}feed.json`,
    description: feed.about,
    language: "en",
    authors: [{ name: site.title, url: `${site.url}/` }],
    items,
  };
  return JSON.stringify(data, null, 1);
}

module.exports = function (config) {
  config.addFilter("entry", entry);
  config.addFilter("jsonFeed", jsonFeed);
};
Object.assign(module.exports, { idOf });
