module.exports = {
  layout: "article.njk",
  permalink: (data) => `/articles/${data.page.fileSlug}/`,
};
