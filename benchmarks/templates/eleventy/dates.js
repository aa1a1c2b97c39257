// How dates are written.

const day = format({ day: "numeric", month: "short" });
const date = format({ day: "numeric", month: "long", year: "numeric" });
const month = format({ month: "long", year: "numeric" });
const iso = (moment) => moment.toISOString().replace(".000Z", "Z");

function format(options) {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format;
}

module.exports = function (config) {
  config.addFilter("day", day);
  config.addFilter("date", date);
  config.addFilter("month", month);
  config.addFilter("iso", iso);
  config.addFilter("isoDay", (moment) => iso(moment).slice(0, 10));
  config.addFilter("rfc822", (moment) => moment.toUTCString());
};
Object.assign(module.exports, { date, day, iso });
