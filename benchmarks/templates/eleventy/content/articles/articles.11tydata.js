module.exports = {
  layout: "article.njk",
  permalink: "/articles/{{ page.fileSlug }}/",
  eleventyComputed: {
    groups: (data) =>
      data.site.taxonomies.map((name) => ({ name, terms: data[name] || [] })),
  },
};
