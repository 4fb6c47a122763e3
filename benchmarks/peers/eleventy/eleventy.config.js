// The peers' Eleventy: a list for every term, made of the models' own front matter.
const rows = new Map();

const escaped = (text) =>
  String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const MISSING = '<span class="fm-missing fm-missing--absent">not looked up</span>';

function row({ url, data }) {
  const { record, labels, tier, coins } = data;
  const group = escaped(labels.taxonomy[record.category]);
  const terms = (plural) => {
    const names = record[plural].map((id) => escaped(labels[plural][id]));
    const links = record[plural].map((id, at) => `<a href="/${plural}/${id}/">${names[at]}</a>`);
    return `<td data-sort="${names.join(", ")}">${links.join(", ")}</td>`;
  };
  const open = (key) =>
    record.links[key]
      ? `<td data-sort="public"><a href="${escaped(record.links[key])}" rel="external noopener">public</a></td>`
      : `<td data-sort="">${MISSING}</td>`;
  return (
    `<tr><th scope="row"><a href="${url}">${escaped(record.name)}</a>` +
    `<span class="Z3988" title="${escaped(coins)}"></span></th>` +
    `<td data-sort="${group}"><a class="fm-badge fm-badge--visual" href="/taxonomy/${record.category}/">${group}</a></td>` +
    `<td class="fm-fixed" data-sort="${record.published}">${record.published}</td>` +
    terms("modalities") + terms("organs") +
    `<td data-sort="${tier}"><a class="fm-tier fm-tier--${tier}" href="/about/#tiers">${tier}</a></td>` +
    open("code") + open("weights") +
    `<td class="fm-num" data-sort="">${MISSING}</td></tr>`
  );
}

export default function (config) {
  config.setQuietMode(true);
  config.addPassthroughCopy("assets");
  config.addFilter("host", (address) => new URL(address).host);
  // The same row stands in some fifteen lists: it is written once.
  config.addFilter("row", (item) => {
    if (!rows.has(item.url)) rows.set(item.url, row(item));
    return rows.get(item.url);
  });
  config.addCollection("lists", (api) => {
    const models = api.getFilteredByTag("model").sort((a, b) => (a.data.title < b.data.title ? -1 : 1));
    const byId = new Map(models.map((model) => [model.fileSlug, model]));
    const lists = models[0].data.terms.map((term) => ({ ...term, models: [] }));
    const places = new Map(lists.map((list) => [`${list.plural}/${list.id}`, list]));
    for (const model of byId.values())
      for (const plural of Object.keys(model.data.labels))
        for (const id of model.data[plural] ?? []) places.get(`${plural}/${id}`).models.push(model);
    return [{ plural: "models", id: "", label: "Models", definition: "", models }, ...lists];
  });
  return {
    dir: { input: "content", includes: "../_includes", data: "../_data", output: "site" },
    markdownTemplateEngine: false,
  };
}
