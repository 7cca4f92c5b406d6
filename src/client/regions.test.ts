import { expect, test } from "vitest";
import { toRegions } from "./regions.ts";

test("reads boxes with what is in them, surest first, without what is not", () => {
  const concepts = [
    { id: "c", name: "cat", value: 0.4 },
    { id: "d", name: "dog", value: 0.9 },
    { id: "h", name: "horse" },
  ];
  const box = { top_row: 0.1, bottom_row: 0.5, right_col: 0.25 };
  const region = { id: "r", region_info: { bounding_box: box }, data: { concepts } };
  expect(toRegions({ annotations: [{ data: { regions: [region] } }] })).toEqual([
    {
      id: "r",
      names: ["dog", "cat"],
      text: "",
      corners: [
        { x: 0, y: 0.1 },
        { x: 0.25, y: 0.1 },
        { x: 0.25, y: 0.5 },
        { x: 0, y: 0.5 },
      ],
    },
  ]);
});

test("reads polygons, points and text, and skips regions without a place", () => {
  const points = [{ row: 0.1 }, { col: 0.2 }, { row: 0.3, col: 0.4 }];
  const regions = [
    { region_info: { polygon: { points } }, data: { text: { raw: "EXIT" } } },
    { region_info: { point: { row: 0.5, col: 0.6 } } },
    { id: "nowhere" },
  ];
  const found = toRegions({ annotations: [{ data: {} }, { data: { regions } }] });
  expect(found.map(({ corners, text }) => [corners.length, text])).toEqual([
    [3, "EXIT"],
    [1, ""],
  ]);
  expect(toRegions({})).toEqual([]);
});
