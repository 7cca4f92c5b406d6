// Keyboard shortcuts.

export const keys = {
  title: "Keyboard shortcuts",
  list: [
    ["/", "Search"],
    ["#", "Search for a concept (in the search bar)"],
    ["← ↑ → ↓", "Move between images"],
    ["Enter", "Open the image"],
    ["S", "Find similar images"],
    ["I", "Info"],
    ["X", "Select"],
    ["Delete", "Delete"],
    ["Esc", "Close, or clear the selection"],
    ["?", "This list"],
  ],
} as const;
