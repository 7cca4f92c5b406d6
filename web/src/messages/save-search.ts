// Keeping a search under a name.

export const saveSearch = {
  title: "Save search",
  name: "Name",
  hint: "It finds new images, too, whenever you open it.",
  save: "Save",
};
