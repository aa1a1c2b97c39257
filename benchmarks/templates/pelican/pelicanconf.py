"""The settings of the newsletter that Pelican is measured with; its own are added below."""

SITEURL = "https://measure.example"
DESCRIPTION = "Made to be measured."
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = "theme"
THEME_STATIC_DIR = "assets"
THEME_STATIC_PATHS = ["assets"]
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%-d %B %Y"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
PLUGIN_PATHS = ["."]
PLUGINS = ["newsletter"]
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None, "author": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
# A summary is a line of text.
FORMATTED_FIELDS = []
OUTPUT_SOURCES = True
OUTPUT_SOURCES_EXTENSION = ".md"
SLUGIFY_PRESERVE_CASE = True
ARTICLE_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = "articles/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
CATEGORY_URL = "digest/{slug}/"
CATEGORY_SAVE_AS = "digest/{slug}/index.html"
DIRECT_TEMPLATES = [
    "index",
    "tags",
    "authors",
    "categories",
    "archives",
    "feeds",
    "opml",
    "json_feed",
    "digest_rss",
    "digest_atom",
    "digest_json",
    "sitemap",
    "llms",
    "robots",
    "404",
]
TAGS_SAVE_AS = "tags/index.html"
AUTHORS_SAVE_AS = "authors/index.html"
CATEGORIES_SAVE_AS = "digest/index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
FEEDS_SAVE_AS = "feeds/index.html"
OPML_SAVE_AS = "feeds/feeds.opml"
JSON_FEED_SAVE_AS = "feed.json"
DIGEST_RSS_SAVE_AS = "digest/feed.xml"
DIGEST_ATOM_SAVE_AS = "digest/feed.atom"
DIGEST_JSON_SAVE_AS = "digest/feed.json"
SITEMAP_SAVE_AS = "sitemap.xml"
LLMS_SAVE_AS = "llms.txt"
ROBOTS_SAVE_AS = "robots.txt"
FEED_DOMAIN = SITEURL
FEED_RSS = "feed.xml"
FEED_ATOM = "feed.atom"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
CACHE_CONTENT = LOAD_CONTENT_CACHE = False
CONTENT_CACHING_LAYER = "reader"
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
