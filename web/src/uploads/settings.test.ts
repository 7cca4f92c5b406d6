import { expect, test } from "vitest";
import { METADATA_MAX, metadataProblem, NO_SETTINGS, toUploadSettings } from "./settings.ts";

test("metadata are a JSON object or nothing", () => {
  expect(metadataProblem("")).toBe("");
  expect(metadataProblem('{"trip": "Lisbon"}')).toBe("");
  for (const bad of ["[1]", "1", "null", "{", '"text"']) expect(metadataProblem(bad)).not.toBe("");
});

test("metadata may have 4096 characters and no more", () => {
  const given = (length: number) => `{"a": "${"x".repeat(length - 9)}"}`;
  expect(metadataProblem(given(METADATA_MAX))).toBe("");
  expect(metadataProblem(given(METADATA_MAX + 1))).toMatch(/4,096/);
});

test("only what was given is sent", () => {
  expect(toUploadSettings(NO_SETTINGS)).toEqual({});
  const given = { ...NO_SETTINGS, labels: ["beach"], dataset: "summer", metadata: '{"a": 1}' };
  expect(toUploadSettings(given)).toEqual({
    labels: ["beach"],
    datasets: ["summer"],
    metadata: { a: 1 },
  });
  expect(toUploadSettings({ ...NO_SETTINGS, metadata: "{" })).toEqual({});
});
