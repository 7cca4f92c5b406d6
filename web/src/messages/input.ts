// The facts about one image.

export const input = {
  facts: "Facts",
  concepts: "Predicted concepts",
  noConcepts: "No concepts were predicted for this image.",
  name: "Name",
  id: "ID",
  dimensions: "Dimensions",
  format: "Format",
  created: "Added",
  modified: "Modified",
  status: "Status",
  score: "Score",
  statuses: {
    processed: "Searchable",
    pending: "Being indexed",
    failed: "Failed",
    duplicate: "Duplicate",
  },
};
