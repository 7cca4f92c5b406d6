import { expect, test } from "vitest";
import { toDatasetId } from "./dataset-id.ts";

test.each([
  ["Summer 2019", "summer-2019"],
  ["  Überflug / Öl ", "uberflug-ol"],
  ["夏の写真", "dataset"],
  ["😀", "dataset"],
])("%s becomes %s", (name, id) => {
  expect(toDatasetId(name, [])).toBe(id);
});

test("counts on where the id is taken", () => {
  const taken = ["pets", "pets-2"].map((id) => ({ id, name: id, createdAt: undefined }));
  expect(toDatasetId("Pets", taken)).toBe("pets-3");
});
