const highlight = require("@11ty/eleventy-plugin-syntaxhighlight");
const dates = require("./dates.js");
const feeds = require("./feeds.js");
const headings = require("./headings.js");
const structured = require("./structured.js");
const { Newsletter, counted, minutes, singular, slug, title } = require("./newsletter.js");

module.exports = function (config) {
  config.addPlugin(highlight);
  config.addPlugin(dates);
  config.addPlugin(feeds);
  config.addPlugin(headings);
  config.addPlugin(structured);
  config.setUseGitIgnore(false);
  config.addPassthroughCopy("assets");

  // Made once in a build: all collections are views of the same newsletter.
  let newsletter;
  config.on("eleventy.before", () => (newsletter = undefined));
  const of = (api) => (newsletter ||= new Newsletter(api));
  config.addCollection("articles", (api) => of(api).articles);
  config.addCollection("homePages", (api) => of(api).homePages);
  config.addCollection("weeks", (api) => of(api).weeks);
  config.addCollection("taxonomies", (api) => of(api).taxonomies);
  config.addCollection("termPages", (api) => of(api).termPages);
  config.addCollection("years", (api) => of(api).years);
  config.addCollection("feeds", (api) => of(api).feeds);

  config.addFilter("counted", counted);
  config.addFilter("minutes", minutes);
  config.addFilter("singular", singular);
  config.addFilter("slug", slug);
  config.addFilter("title", title);
  config.addFilter("first", (list, count) => list.slice(0, count));
  config.addFilter("pagePath", (list, number) =>
    number === 1 ? list.path : `${list.path}page/${number}/`,
  );
  return {
    dir: { input: "content", includes: "../_includes", output: "output" },
    markdownTemplateEngine: false,
  };
};
