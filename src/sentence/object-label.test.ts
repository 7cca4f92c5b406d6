import { describe, expect, test } from "vitest";
import { objectLabelOf, pluralOf } from "./object-label.ts";

const COCO = ["person", "bus", "dog", "cell phone", "couch", "tv", "hot dog", "knife", "skis"];

describe("what people call things is a label of the detector", () => {
  test.each([
    ["dogs", "dog"],
    ["Dog", "dog"],
    ["people", "person"],
    ["buses", "bus"],
    ["knives", "knife"],
    ["hot  dogs", "hot dog"],
    ["phones", "cell phone"],
    ["sofas", "couch"],
    ["televisions", "tv"],
    ["skis", "skis"],
  ])("%s: %s", (noun, label) => expect(objectLabelOf(noun, COCO)).toBe(label));

  test.each(["unicorns", "", "glass", "do"])("%j is none", (noun) => {
    expect(objectLabelOf(noun, COCO)).toBeUndefined();
  });

  test.each([
    ["dog", "dogs"],
    ["person", "people"],
    ["bus", "buses"],
    ["Knife", "knives"],
    ["hot dog", "hot dogs"],
    ["cherry", "cherries"],
    ["toy", "toys"],
    ["skis", "skis"],
  ])("several of %s: %s", (label, plural) => expect(pluralOf(label)).toBe(plural));

  test("labels keep their own spelling, whichever detector's they are", () => {
    expect(objectLabelOf("planes", ["Airplane"])).toBe("Airplane");
    expect(objectLabelOf("airplanes", ["aeroplane"])).toBe("aeroplane");
    expect(objectLabelOf("glasses", ["Glasses", "glass"])).toBe("Glasses");
    expect(objectLabelOf("cherries", ["cherry"])).toBe("cherry");
    expect(objectLabelOf("cookies", ["cookie"])).toBe("cookie");
  });
});
