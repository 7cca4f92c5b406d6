import { expect, test } from "vitest";
import { EVERYTHING } from "../query.ts";
import { countSelected, createSelection, EXCLUDED_MAX, isSelected } from "./selection.ts";

test("selects one by one, and drops what is selected again", () => {
  const selection = createSelection();
  selection.toggle("a");
  selection.add(["b", "c"]);
  selection.toggle("a");
  expect([...selection.state().ids]).toEqual(["b", "c"]);
  selection.clear();
  expect(countSelected(selection.state())).toBe(0);
});

test("all results of a search count as selected, but for those left out", () => {
  const selection = createSelection();
  selection.toggle("a");
  selection.selectAll(EVERYTHING, 12_431);
  expect(isSelected(selection.state(), "z")).toBe(true);
  selection.toggle("z");
  expect(isSelected(selection.state(), "z")).toBe(false);
  expect(countSelected(selection.state())).toBe(12_430);
  selection.add(["z"]);
  expect(countSelected(selection.state())).toBe(12_431);
});

test("no more are left out than the server takes", () => {
  const selection = createSelection();
  selection.selectAll(EVERYTHING, 1000);
  for (let n = 0; n <= EXCLUDED_MAX; n++) selection.toggle(`${n}`);
  expect(countSelected(selection.state())).toBe(1000 - EXCLUDED_MAX);
});

test("what it tells goes with the next selection", () => {
  const selection = createSelection();
  selection.add(["a"]);
  selection.tell({ notice: "Too many." });
  expect(selection.state()).toMatchObject({ ids: new Set(["a"]), notice: "Too many." });
  selection.add(["b"]);
  expect(selection.state().notice).toBe("");
});
