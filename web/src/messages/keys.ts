// Keyboard shortcuts.

type Section = {
  readonly title: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly meaning: string }[];
};

const sections: readonly Section[] = [
  {
    title: "Everywhere",
    keys: [
      { keys: ["/"], meaning: "Search" },
      { keys: ["Ctrl K", "⌘ K"], meaning: "Command palette" },
      { keys: ["?"], meaning: "This list" },
      { keys: ["Esc"], meaning: "Close, or clear the selection" },
    ],
  },
  {
    title: "Search bar",
    keys: [
      { keys: ["#"], meaning: "Choose a concept" },
      { keys: ["↑", "↓"], meaning: "Move in the list; recent searches" },
      { keys: ["Enter", "Tab"], meaning: "Take what is chosen in the list" },
      { keys: ["←"], meaning: "Go to the chips" },
      { keys: ["Backspace"], meaning: "Remove the last chip" },
      { keys: ["Ctrl V", "⌘ V"], meaning: "Search by a copied picture" },
    ],
  },
  {
    title: "Chip",
    keys: [
      { keys: ["←", "→"], meaning: "Move between chips" },
      { keys: ["Enter", "Space"], meaning: "More or less like this" },
      { keys: ["+", "-"], meaning: "Count more or less" },
      { keys: ["↓"], meaning: "Options" },
      { keys: ["Delete"], meaning: "Remove" },
    ],
  },
  {
    title: "Images",
    keys: [
      { keys: ["←", "↑", "→", "↓"], meaning: "Move between images" },
      { keys: ["Home", "End", "Page ↑", "Page ↓"], meaning: "Move far" },
      { keys: ["Enter", "Space"], meaning: "Open the image" },
      { keys: ["S"], meaning: "Find similar images" },
      { keys: ["L"], meaning: "Label" },
      { keys: ["I"], meaning: "Info" },
      { keys: ["Delete"], meaning: "Delete" },
      { keys: ["X"], meaning: "Select" },
      { keys: ["Shift X"], meaning: "Select up to here" },
      { keys: ["Ctrl A", "⌘ A"], meaning: "Select all results" },
      { keys: ["+", "-"], meaning: "Larger or smaller tiles" },
    ],
  },
  {
    title: "Open image",
    keys: [
      { keys: ["←", "→"], meaning: "Previous or next image" },
      { keys: ["S", "L", "X", "I", "Delete"], meaning: "As among images" },
      { keys: ["Space", "Esc"], meaning: "Close" },
    ],
  },
];

export const keys = { title: "Keyboard shortcuts", sections };
