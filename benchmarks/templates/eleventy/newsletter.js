// What the templates show of the articles: lists, terms, weeks, feeds, and what is related.

const SIZE = 20;
const RELATED = 4;
const NEAREST = 6;
const DAY = 24 * 60 * 60 * 1000;

const slug = (text) => text.toLowerCase().replaceAll(" ", "-");
const title = (name) => name[0].toUpperCase() + name.slice(1);
const singular = (name) => title(name).replace(/ies$/, "y").replace(/s$/, "");
const counted = (count) => `${count} article${count === 1 ? "" : "s"}`;
const minutes = (item) => Math.max(1, Math.round(words(item) / 250));

const counts = new WeakMap();
function words(item) {
  if (!counts.has(item)) counts.set(item, item.rawInput.split(/\s+/).length);
  return counts.get(item);
}

class Newsletter {
  constructor(api) {
    this.articles = api.getFilteredByGlob("content/articles/**/*.md");
    this.articles.sort((a, b) => b.date - a.date);
    this.site = this.articles[0].data.site;
    this.terms = this._terms();
    this.taxonomies = this._taxonomies();
    this.weeks = this._weeks();
    this._connect();
    this.homePages = pagesOf(this.articles, { path: "/" });
    this.termPages = [...this.terms.values()].flatMap((term) =>
      pagesOf(term.items, { ...term, count: term.items.length }),
    );
    this.years = this._years();
    this.feeds = this._feeds();
  }

  // Each term by its address, with its articles.
  _terms() {
    const terms = new Map();
    for (const item of this.articles) {
      item.data.groups = [];
      for (const taxonomy of this.site.taxonomies) {
        const own = (item.data[taxonomy] || []).map((name) => {
          const path = `/${taxonomy}/${slug(name)}/`;
          if (!terms.has(path)) terms.set(path, { taxonomy, name, path, items: [] });
          terms.get(path).items.push(item);
          return terms.get(path);
        });
        if (own.length) item.data.groups.push({ taxonomy, terms: own });
      }
    }
    return terms;
  }

  _taxonomies() {
    const all = [...this.terms.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return this.site.taxonomies.map((name) => ({
      name,
      terms: all.filter((term) => term.taxonomy === name),
    }));
  }

  _weeks() {
    const weeks = new Map();
    for (const item of this.articles) {
      const name = item.data.week;
      if (!weeks.has(name)) weeks.set(name, week(name, item.date, this.site));
      weeks.get(name).items.push(item);
      item.data.digest = weeks.get(name);
    }
    const list = [...weeks.values()];
    list.forEach((each, place) => {
      each.newer = list[place - 1];
      each.older = list[place + 1];
      each.groups = groups(each.items);
      each.minutes = each.items.reduce((sum, item) => sum + minutes(item), 0);
    });
    return list;
  }

  // Each article knows its neighbours and what is related to it.
  _connect() {
    for (const term of this.terms.values()) {
      term.weight = Math.log((this.articles.length + 1) / term.items.length);
      term.places = new Map(term.items.map((item, place) => [item, place]));
    }
    this.articles.forEach((item, place) => {
      item.data.article = item;
      item.data.newer = this.articles[place - 1];
      item.data.older = this.articles[place + 1];
      item.data.related = related(item);
    });
  }

  _years() {
    const years = new Map();
    for (const item of this.articles) {
      const year = item.date.getUTCFullYear();
      const month = item.date.getUTCMonth();
      if (!years.has(year)) years.set(year, { year, months: new Map() });
      const { months } = years.get(year);
      if (!months.has(month)) months.set(month, { date: item.date, items: [] });
      months.get(month).items.push(item);
    }
    return [...years.values()].map(({ year, months }) => ({ year, months: [...months.values()] }));
  }

  _feeds() {
    const { site } = this;
    const all = [
      {
        path: "/",
        title: site.title,
        about: site.description,
        items: this.articles.slice(0, SIZE),
      },
      {
        path: "/digest/",
        title: `${site.title}: weekly digest`,
        about: "Every week in one entry.",
        items: this.weeks.filter((each) => !each.running).slice(0, SIZE),
      },
    ];
    if (!site.termFeeds) return all;
    for (const term of this.terms.values()) {
      all.push({
        path: term.path,
        title: `${site.title}: ${term.name}`,
        about: `${singular(term.taxonomy)}: ${term.name}`,
        items: term.items.slice(0, SIZE),
      });
    }
    return all;
  }
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

function week(name, date, site) {
  const [year, number] = name.split("-W");
  const begins = new Date(date - (date % DAY));
  begins.setUTCDate(begins.getUTCDate() - ((begins.getUTCDay() + 6) % 7));
  const over = new Date(+begins + 7 * DAY);
  return {
    name,
    year,
    number: +number,
    title: `Week ${+number}, ${year}`,
    path: `/digest/${name}/`,
    url: `/digest/${name}/`,
    begins,
    ends: new Date(over - DAY),
    date: over,
    running: new Date(site.now) < over,
    items: [],
  };
}

// The articles under the first term of each, the largest group first.
function groups(items) {
  const found = new Map();
  for (const item of items) {
    const [term] = item.data.groups[0].terms;
    if (!found.has(term)) found.set(term, { term, items: [] });
    found.get(term).items.push(item);
  }
  return [...found.values()].sort(
    (a, b) => b.items.length - a.items.length || (a.term.path < b.term.path ? -1 : 1),
  );
}

// Those that share the rarest terms, of the nearest in time under each term.
function related(item) {
  const scores = new Map();
  for (const group of item.data.groups) {
    for (const { weight, items, places } of group.terms) {
      const place = places.get(item);
      for (const other of items.slice(Math.max(0, place - NEAREST), place + NEAREST + 1)) {
        if (other !== item) scores.set(other, (scores.get(other) || 0) + weight);
      }
    }
  }
  const distance = (other) => Math.abs(other.date - item.date);
  return [...scores.keys()]
    .sort((a, b) => scores.get(b) - scores.get(a) || distance(a) - distance(b))
    .slice(0, RELATED);
}

module.exports = { Newsletter, counted, minutes, singular, slug, title, words };
