// The search page: asks the index that lies in /pagefind/, and shows what it finds.
const form = document.querySelector("form.search");
const field = form.elements.q;
const order = form.elements.sort;
const selects = [...form.querySelectorAll("select[data-filter]")];
const said = document.getElementById("search_count");
const list = document.getElementById("search_results");
const more = document.getElementById("search_more");
const language = document.documentElement.lang || "en";
const { base, index, parts } = form.dataset;
const AT_ONCE = 10;
// Long enough that nobody waits for it, short enough that not every key is a search.
const PAUSE = 150;
// So many of the best articles tell whether a part has longer words.
const ENOUGH = 3;

const folders = [...Array(Number(parts)).keys()].map((part) => (part ? `${index}${part}/` : index));
// As the other pages write it: the day before the month.
const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: form.dataset.zone });

let opened;
let dates;
let found = [];
let shown = 0;
let latest = 0;

// Loaded when the reader turns to the search, and only then.
const open = () => (opened ??= (async () => {
  const pagefind = await import(`${index}pagefind.js`);
  await pagefind.options({ baseUrl: base, excerptLength: 32, mergeFilter: { part: "0" } });
  await Promise.all(folders.slice(1).map(
    (folder, before) => pagefind.mergeIndex(folder, { baseUrl: base, excerptLength: 32, mergeFilter: { part: `${before + 1}` } }),
  ));
  offer(await pagefind.filters());
  return pagefind;
})());

// Pagefind sorts each part of an index for itself; here they are sorted together.
const dated = () => (dates ??= Promise.all(
  folders.map(async (folder) => (await fetch(`${folder}dates.json`)).json()),
).then((all) => Object.assign({}, ...all)));

// Where a part of the index lacks a word, Pagefind takes the longest beginning of it that is there, or
// leaves it out: "pagefind" finds "page". So a part is asked only if it has each word, or longer ones.
const partsWith = async (pagefind, words) => {
  const asked = await Promise.all(words.map(async (word) => {
    // In quotes, a word finds those with its own stem, and nothing in their place.
    const own = (await pagefind.search(`"${word}"`)).filters.part ?? {};
    return Promise.all(folders.map((_, part) => own[part] || begins(pagefind, word, part)));
  }));
  return folders.map((_, part) => `${part}`).filter((part) => asked.every((has) => has[part]));
};

// Whether what a part has for the beginning of a word is a word that has it.
const begins = async (pagefind, word, part) => {
  const own = folded(word);
  const { results } = await pagefind.search(word, { filters: { part: `${part}` } });
  const all = await Promise.all(results.slice(0, ENOUGH).map(async (each) => {
    const { raw_content, locations } = await each.data();
    const texts = raw_content.split(/\s+/);
    return locations.some((place) => folded(texts[place]).includes(own));
  }));
  return all.some(Boolean);
};

const folded = (word) => word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLocaleLowerCase();

const offer = (filters) => {
  for (const select of selects) {
    const counts = filters[select.name] ?? {};
    const chosen = select.value || select.dataset.wanted || "";
    const names = Object.keys(counts).filter((name) => counts[name] || name === chosen);
    names.sort((one, other) => one.localeCompare(other, language));
    select.length = 1;
    for (const name of names) select.add(new Option(`${name} (${counts[name]})`, name));
    select.value = names.includes(chosen) ? chosen : "";
    delete select.dataset.wanted;
  }
};

const search = async () => {
  const turn = ++latest;
  const words = field.value.trim();
  remember(words);
  said.textContent = said.dataset.wait;
  const pagefind = await open();
  const filters = Object.fromEntries(selects.filter((each) => each.value).map((each) => [each.name, each.value]));
  if (!words && !Object.keys(filters).length) {
    if (turn === latest) await show([], "");
    return;
  }
  // Quotes are Pagefind's own: all these words, one after the other.
  const single = words.includes('"') ? [] : words.split(/\s+/).filter(folded);
  const part = single.length ? await partsWith(pagefind, single) : [];
  if (single.length && !part.length) {
    if (turn === latest) await show([], said.dataset.none);
    return;
  }
  const answer = await pagefind.search(words || null, { filters: part.length ? { ...filters, part: { any: part } } : filters });
  const byDate = order.value === "date" || !words ? await dated() : null;
  if (turn !== latest) return;
  if (byDate) answer.results.sort((one, other) => (byDate[one.id] < byDate[other.id] ? 1 : -1));
  offer(answer.filters);
  const count = answer.results.length;
  await show(answer.results, count ? counted(count) : said.dataset.none);
};

const counts = JSON.parse(said.dataset.counts);
const plural = new Intl.PluralRules(language);
const counted = (count) => (counts[plural.select(count)] ?? counts.other).replace("{n}", count.toLocaleString(language));

const show = async (results, text) => {
  const turn = latest;
  found = results;
  shown = 0;
  list.replaceChildren();
  await next();
  if (turn === latest) said.textContent = text;
};

const next = async () => {
  const turn = latest;
  const batch = found.slice(shown, shown + AT_ONCE);
  shown += batch.length;
  more.parentElement.hidden = shown >= found.length;
  const articles = await Promise.all(batch.map((each) => each.data()));
  if (turn !== latest) return null;
  const items = articles.map(item);
  list.append(...items);
  return items[0];
};

const item = ({ url, meta, excerpt }) => {
  const link = Object.assign(document.createElement("a"), { href: url, textContent: meta.title });
  const heading = document.createElement("h2");
  heading.className = "headline";
  heading.append(link);
  const text = document.createElement("p");
  text.className = "summary";
  text.append(...marked(excerpt.startsWith(meta.title) ? excerpt.slice(meta.title.length).replace(/^\.? /, "") : excerpt));
  for (const each of [heading, text]) {
    each.dir = "auto";
    if (meta.lang) each.lang = meta.lang;
  }
  const time = Object.assign(document.createElement("time"), { dateTime: meta.date, textContent: day.format(new Date(meta.date)) });
  const about = document.createElement("p");
  about.className = "meta";
  about.append(time);
  const entry = document.createElement("li");
  entry.append(heading, text, about);
  return entry;
};

// What is found stands between <mark> and </mark>, and the rest of the text is escaped.
const marked = (excerpt) => excerpt.split(/<\/?mark>/).map((text, number) => {
  const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return number % 2 ? Object.assign(document.createElement("mark"), { textContent: plain }) : plain;
});

// The address of the page leads to the same search.
const remember = (words) => {
  const address = new URL(location.href);
  address.search = "";
  if (words) address.searchParams.set("q", words);
  for (const each of [...selects, order]) {
    const value = each.value || each.dataset.wanted;
    if (value) address.searchParams.set(each.name, value);
  }
  history.replaceState(null, "", address);
};

const attempt = () => search().catch((why) => {
  console.error(why);
  show([], said.dataset.failed);
});

let timer;
field.addEventListener("focus", () => open().catch(() => {}), { once: true });
field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(attempt, PAUSE); });
form.addEventListener("change", (event) => { if (event.target !== field) attempt(); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); attempt(); });
more.addEventListener("click", async () => (await next())?.querySelector("a").focus());

const asked = new URLSearchParams(location.search);
field.value = asked.get("q") ?? "";
order.value = asked.get("sort") ?? "";
for (const select of selects) select.dataset.wanted = asked.get(select.name) ?? "";
if (field.value || selects.some((each) => each.dataset.wanted)) {
  open().then(attempt, attempt);
}
