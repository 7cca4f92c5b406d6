import { expect, test } from "vitest";
import { toCameraFacts } from "./camera-facts.ts";

test("puts the settings into one line, in the order of photographers", () => {
  const exif = {
    camera: "Canon EOS 5D",
    lens: "EF 50mm f/1.8",
    iso: 200,
    aperture: 2.8,
    exposure: "1/250",
    focal_length_mm: 50,
  };
  expect(toCameraFacts(exif)).toEqual([
    ["Camera", "Canon EOS 5D"],
    ["Lens", "EF 50mm f/1.8"],
    ["Settings", "ƒ/2.8 · 1/250 s · 50 mm · ISO 200"],
  ]);
});

test("says nothing of what the camera did not say", () => {
  expect(toCameraFacts({})).toEqual([]);
  expect(toCameraFacts({ iso: 100 })).toEqual([["Settings", "ISO 100"]]);
});
