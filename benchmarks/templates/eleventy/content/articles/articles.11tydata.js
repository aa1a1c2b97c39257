module.exports = {
  layout: "article.njk",
  permalink: (data) => `/articles/${data.page.fileSlug}/`,
  eleventyComputed: {
    groups: (data) =>
      data.site.taxonomies.map((name) => ({ name, terms: data[name] || [] })),
  },
};
