// What all models have in common.
export default {
  layout: "model.njk",
  tags: "model",
  permalink: (data) => `/models/${data.page.fileSlug}/`,
  headings: [
    "Key ideas",
    "Uses and limits",
    "Training",
    "Lineage",
    "Near it",
    "Sources",
    "Cite and correct",
  ],
};
