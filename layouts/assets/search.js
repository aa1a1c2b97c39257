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
// Characters of an excerpt, and of those before what is found.
const LENGTH = 220;
const LEAD = 50;
// The letters of Chinese and Japanese, which are written without spaces: the index has a space
// around each, as generator/search/records.py says, and finds them one by one.
const UNSPACED = String.raw`\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`;
const STOPS = String.raw`\u3001-\u303f\uff01-\uff0f\uff1a-\uff20`;
const RUNS = new RegExp(`[${UNSPACED}]+`, "gu");
const CUTS = new RegExp(`(?<=\\S)(?=[${UNSPACED}])|(?<=[${UNSPACED}${STOPS}”])(?=[\\p{L}\\p{N}])`, "gu");

// Between what such a space is one of the index alone.
const JOINS = new RegExp(`[${STOPS}] |[${UNSPACED}\\u30a0\\u30fb\\p{Ps}\\p{Pi}\\p{Pf}] [${UNSPACED}]`, "u");

const folders = [...Array(Number(parts)).keys()].map((part) => (part ? `${index}${part}/` : index));
// As the other pages write it: the day before the month.
const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: form.dataset.zone });

let opened;
let dates;
let found = [];
let runs = [];
let shown = 0;
let latest = 0;

// Loaded when the reader turns to the search, and only then.
const open = () => (opened ??= (async () => {
  const pagefind = await import(`${index}pagefind.js`);
  // Else Pagefind takes the marks of kana for accents, and finds no run of them where some have one.
  const options = { baseUrl: base, exactDiacritics: /^ja\b/.test(language) };
  await pagefind.options({ ...options, mergeFilter: { part: "0" } });
  await Promise.all(folders.slice(1).map(
    (folder, before) => pagefind.mergeIndex(folder, { ...options, mergeFilter: { part: `${before + 1}` } }),
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
    const texts = pieces(raw_content);
    return locations.some((place) => folded(texts[2 * place]).includes(own));
  }));
  return all.some(Boolean);
};

// Words and what is between them, in turn. Where Pagefind itself has cut words, it is an empty sign.
const pieces = (text) => text.split(text.includes("\u200B") ? /(\u200B)/ : /(\s+)/);

const folded = (word) => word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLocaleLowerCase();

const cut = (text) => text.replace(CUTS, " ");

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
  const quoted = words.includes('"');
  const single = quoted ? [] : words.replace(RUNS, " ").split(/\s+/).filter(folded);
  const part = single.length ? await partsWith(pagefind, single) : [];
  if (single.length && !part.length) {
    if (turn === latest) await show([], said.dataset.none);
    return;
  }
  const options = { filters: part.length ? { ...filters, part: { any: part } } : filters };
  // Of what is written without spaces, the letters must stand together, as they were typed.
  const together = words.match(RUNS) ?? [];
  const [all, ...each] = await Promise.all([
    pagefind.search(cut(words) || null, options),
    ...(quoted ? [] : together).map((run) => pagefind.search(`"${cut(run)}"`, options)),
  ]);
  const ids = each.map(({ results }) => new Set(results.map(({ id }) => id)));
  const results = all.results.filter(({ id }) => ids.every((has) => has.has(id)));
  const byDate = order.value === "date" || !words ? await dated() : null;
  if (turn !== latest) return;
  if (byDate) results.sort((one, other) => (byDate[one.id] < byDate[other.id] ? 1 : -1));
  offer([all, ...each].sort((one, other) => one.results.length - other.results.length)[0].filters);
  runs = together.map((run) => [...run]);
  await show(results, results.length ? counted(results.length) : said.dataset.none);
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

const item = (article) => {
  const { url, meta } = article;
  const link = Object.assign(document.createElement("a"), { href: url, textContent: meta.title });
  const heading = document.createElement("h2");
  heading.className = "headline";
  heading.append(link);
  const text = document.createElement("p");
  text.className = "summary";
  text.append(...excerpt(article));
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

// Some of the text after the title, from the first place where the most of what is sought is together.
const excerpt = ({ raw_content, locations, meta }) => {
  const texts = pieces(raw_content.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  const words = texts.filter((_, place) => place % 2 === 0);
  let length = 0;
  const starts = texts.map((text) => (length += text.length) - text.length).filter((_, place) => place % 2 === 0);
  let first = 0;
  for (let left = bare(meta.title).length; left > 0 && first < words.length; first++) left -= bare(words[first]).length;

  const marks = locations.filter((place) => place >= first && isWhole(words, place));
  // Other forms of a word are the same in their first letters.
  const kinds = marks.map((from) => new Set(
    marks.filter((place) => place >= from && starts[place] - starts[from] < LENGTH - LEAD).map((place) => folded(words[place]).slice(0, 4)),
  ).size);
  const best = marks[kinds.indexOf(Math.max(...kinds))] ?? first;
  let begin = best;
  while (begin > first && !ENDS.test(words[begin - 1]) && starts[best] - starts[begin - 1] <= LEAD) begin--;
  let end = begin;
  while (end < words.length && starts[end] - starts[begin] < LENGTH) end++;

  const spans = [{ text: begin > first && !ENDS.test(words[begin - 1]) ? "…" : "", found: false }];
  const put = (text, found) => {
    const last = spans.at(-1);
    if (last.found === found) last.text += text;
    else if (text) spans.push({ text, found });
  };
  for (let place = begin; place < end; place++) {
    const [, before, word, after] = words[place].match(/^([\p{P}\s]*)(.*?)([\p{P}\s]*)$/su);
    put(before, false);
    put(word, marks.includes(place));
    put(after, false);
    if (place < end - 1 && !JOINS.test(`${words[place]} ${words[place + 1]}`)) put(texts[2 * place + 1].replace("\u200B", ""), false);
  }
  if (end < words.length && !ENDS.test(words[end - 1])) put("…", false);
  return spans.map(({ text, found }) => (found ? Object.assign(document.createElement("mark"), { textContent: text }) : text));
};

const ENDS = /[.!?…。！？][\p{Pe}\p{Pf}"'\s]*$/u;

const bare = (text) => text.replace(/\s/g, "");

// Of what is written without spaces, what is found is found in whole.
const isWhole = (words, place) => words[place].search(RUNS) < 0 || runs.some((run) => run.some(
  (_, before) => run.every((letter, after) => words[place - before + after]?.replace(/\P{L}/gu, "") === letter),
));

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
