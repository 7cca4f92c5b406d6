import { describe, expect, test } from "vitest";
import type { Filter } from "../filter.ts";
import type { Term } from "../query.ts";
import { draftCaption, parse } from "./parse.ts";

const known = {
  datasets: [
    { id: "holiday-2019", name: "Holiday" },
    { id: "pets", name: "All my pets" },
  ],
  now: new Date(2026, 2, 1, 12),
};

function days(kind: "taken" | "added", from: string | undefined, to: string | undefined): Filter {
  return { kind, from, to, isNegated: false };
}
const size = (least: number | undefined, most: number | undefined): Filter => ({
  kind: "size",
  least,
  most,
  isNegated: false,
});
const metadata = (key: string, value: unknown): Filter => ({
  kind: "metadata",
  key,
  value,
  isNegated: false,
});

const objects = (label: string, least: number, most: number | undefined): Filter => ({
  kind: "objects",
  label,
  least,
  most,
  isNegated: false,
});

const FILTERS: readonly [string, Filter][] = [
  ["label:dog", { kind: "label", name: "dog", isNegated: false }],
  ["Label:dog", { kind: "label", name: "dog", isNegated: false }],
  ["-label:dog", { kind: "label", name: "dog", isNegated: true }],
  ['label:"golden retriever"', { kind: "label", name: "golden retriever", isNegated: false }],
  ["label:“golden retriever”", { kind: "label", name: "golden retriever", isNegated: false }],
  ['-label:"golden retriever"', { kind: "label", name: "golden retriever", isNegated: true }],
  ["label:犬", { kind: "label", name: "犬", isNegated: false }],
  ["label:a:b", { kind: "label", name: "a:b", isNegated: false }],
  ["objects:dog", objects("dog", 1, undefined)],
  ['objects:"3 hot dogs"', objects("hot dogs", 3, 3)],
  ['objects:"2..4 dogs"', objects("dogs", 2, 4)],
  ['objects:"2.. dogs"', objects("dogs", 2, undefined)],
  ['-objects:"..4 dogs"', { ...objects("dogs", 0, 4), isNegated: true }],
  ["dataset:holiday-2019", { kind: "dataset", id: "holiday-2019", isNegated: false }],
  ["dataset:holiday", { kind: "dataset", id: "holiday-2019", isNegated: false }],
  ['dataset:"all my pets"', { kind: "dataset", id: "pets", isNegated: false }],
  ["dataset:PETS", { kind: "dataset", id: "pets", isNegated: false }],
  ["dataset:unknown", { kind: "dataset", id: "unknown", isNegated: false }],
  ["-dataset:pets", { kind: "dataset", id: "pets", isNegated: true }],
  ["date:2019", days("taken", "2019-01-01", "2019-12-31")],
  ["date:2019-06", days("taken", "2019-06-01", "2019-06-30")],
  ["date:2020-02", days("taken", "2020-02-01", "2020-02-29")],
  ["date:2019-6", days("taken", "2019-06-01", "2019-06-30")],
  ["date:2019-06-14", days("taken", "2019-06-14", "2019-06-14")],
  ["date:2019-06-01..2019-06-14", days("taken", "2019-06-01", "2019-06-14")],
  ["date:2018..2019-06", days("taken", "2018-01-01", "2019-06-30")],
  ["date:2019..", days("taken", "2019-01-01", undefined)],
  ["date:..2019", days("taken", undefined, "2019-12-31")],
  ["date:today", days("taken", "2026-03-01", "2026-03-01")],
  ["date:yesterday", days("taken", "2026-02-28", "2026-02-28")],
  ["taken:2019", days("taken", "2019-01-01", "2019-12-31")],
  ["added:2019", days("added", "2019-01-01", "2019-12-31")],
  ["added:yesterday..today", days("added", "2026-02-28", "2026-03-01")],
  ["type:png", { kind: "type", format: "png", isNegated: false }],
  ["type:JPG", { kind: "type", format: "jpeg", isNegated: false }],
  ["type:.tif", { kind: "type", format: "tiff", isNegated: false }],
  ["-type:gif", { kind: "type", format: "gif", isNegated: true }],
  ["is:portrait", { kind: "shape", shape: "portrait", isNegated: false }],
  ["is:Landscape", { kind: "shape", shape: "landscape", isNegated: false }],
  ["is:square", { kind: "shape", shape: "square", isNegated: false }],
  ["is:panorama", { kind: "shape", shape: "panorama", isNegated: false }],
  ["is:unlabeled", { kind: "unlabeled", isNegated: false }],
  ["is:unlabelled", { kind: "unlabeled", isNegated: false }],
  ["-is:unlabeled", { kind: "unlabeled", isNegated: true }],
  ["is:unassigned", { kind: "unassigned", isNegated: false }],
  ["is:failed", { kind: "status", status: "failed", isNegated: false }],
  ["has:place", { kind: "placed", isNegated: false }],
  ["-has:gps", { kind: "placed", isNegated: true }],
  ["colour:red", { kind: "colour", colour: "red", isNegated: false }],
  ["color:Gray", { kind: "colour", colour: "grey", isNegated: false }],
  ["size:>2mp", size(2, undefined)],
  ["size:>=0.5MP", size(0.5, undefined)],
  ["size:<8mp", size(undefined, 8)],
  ["size:2mp..8mp", size(2, 8)],
  ["size:2..8", size(2, 8)],
  ["size:12mp", size(11.5, 12.5)],
  ["name:IMG_12", { kind: "name", text: "IMG_12", isNegated: false }],
  ['name:"my <b>file</b>"', { kind: "name", text: "my <b>file</b>", isNegated: false }],
  ["meta.camera:Canon", metadata("camera", "Canon")],
  ["META.Camera:Canon", metadata("Camera", "Canon")],
  ['meta.camera:"Canon EOS"', metadata("camera", "Canon EOS")],
  ["meta.stars:5", metadata("stars", 5)],
  ['meta.stars:"5"', metadata("stars", "5")],
  ["meta.ok:true", metadata("ok", true)],
  ["meta.a.b:x", metadata("a.b", "x")],
];

const TERMS: readonly [string, Term][] = [
  ["-cat", { kind: "text", text: "cat", weight: -1 }],
  ["-cat,", { kind: "text", text: "cat", weight: -1 }],
  ["-état", { kind: "text", text: "état", weight: -1 }],
  ["-犬", { kind: "text", text: "犬", weight: -1 }],
  ["-🐈", { kind: "text", text: "🐈", weight: -1 }],
  ["-כלב", { kind: "text", text: "כלב", weight: -1 }],
  ['-"red car"', { kind: "text", text: "red car", weight: -1 }],
  ["-well-known", { kind: "text", text: "well-known", weight: -1 }],
  ["https://a.example/b.jpg", { kind: "url", url: "https://a.example/b.jpg", weight: 1 }],
  ["http://a.example/b.JPEG?w=9", { kind: "url", url: "http://a.example/b.JPEG?w=9", weight: 1 }],
  ["-https://a.example/b.png", { kind: "url", url: "https://a.example/b.png", weight: -1 }],
  [" https://a.example/photo/17 ", { kind: "url", url: "https://a.example/photo/17", weight: 1 }],
];

const PLAIN = [
  "",
  "two dogs on a beach",
  "a well-known place",
  "beach - sunset",
  "- dog",
  "--dog",
  "minus -5 degrees",
  "ls -l",
  "-",
  "-#cat",
  "#cat",
  "-_-",
  "C++ and C#",
  '"exact text"',
  'a sign that says "STOP -now"',
  "note: buy milk",
  "label:",
  "label: dog",
  'label:"golden retr',
  'label:""',
  "sublabel:dog",
  "at 12:30",
  "re:label",
  "date:19",
  "date:2019-13",
  "date:2019-02-30",
  "date:2019-06-14..2019-06-01",
  "date:2019..2020..2021",
  "date:..",
  "date:0019",
  "date:soon",
  "type:doc",
  "is:happy",
  "is:",
  "has:text",
  "colour:reddish",
  "size:big",
  "size:>2kb",
  "size:8..2",
  "size:..",
  "meta.:x",
  "meta.camera",
  "a page https://a.example/about in words",
  "see a.example/b.jpg",
  "ftp://a.example/b.jpg",
  "http://",
  "constructor:x",
  "-toString:x",
  "😀 שלום",
  "x".repeat(10_000),
];

describe("parse", () => {
  test.each(FILTERS)("reads %s as a filter", (text, filter) => {
    expect(parse(text, known)).toEqual({ terms: [], filters: [filter], rest: "" });
  });

  test.each(TERMS)("reads %s as a term", (text, term) => {
    expect(parse(text, known)).toEqual({ terms: [term], filters: [], rest: "" });
  });

  test.each(PLAIN)("leaves %s as it is", (text) => {
    expect(parse(text, known)).toEqual({ terms: [], filters: [], rest: text });
  });

  test("takes what it understands out of the caption and keeps the order of the rest", () => {
    const text = "two dogs -cat on https://a.example/b.jpg  a beach date:2019 label:pets";
    const { terms, filters, rest } = parse(text, known);
    expect(terms.map(({ kind }) => kind)).toEqual(["text", "url"]);
    expect(filters.map(({ kind }) => kind)).toEqual(["taken", "label"]);
    expect(rest).toBe("two dogs on a beach");
  });

  test("takes no label that is longer than the server's", () => {
    expect(parse(`label:${"x".repeat(256)}`, known).filters).toHaveLength(1);
    expect(parse(`label:${"x".repeat(257)}`, known).filters).toHaveLength(0);
  });

  test("reads 10,000 characters of anything within 50 ms", () => {
    const awkward = ['-"', 'label:"', "a:", '" ', "-", "meta.x"].map((part) =>
      part.repeat(10_000 / part.length),
    );
    const startMs = performance.now();
    for (const text of awkward) parse(text, known);
    expect(performance.now() - startMs).toBeLessThan(50 * awkward.length);
  });
});

describe("draftCaption", () => {
  test.each([
    ["two dogs", "two dogs"],
    ["two dogs -", "two dogs"],
    ["two dogs -ca", "two dogs"],
    ["two dogs -cat on", "two dogs on"],
    ["two dogs lab", "two dogs lab"],
    ["two dogs label:", "two dogs"],
    ["two dogs label:do", "two dogs"],
    ['two dogs label:"golden re', "two dogs"],
    ["two dogs date:20", "two dogs"],
    ["two dogs -meta.cam:", "two dogs"],
    ["note: milk", "note: milk"],
    ["well-known", "well-known"],
  ])("searches %s for %s", (text, caption) => {
    expect(draftCaption(text, known)).toBe(caption);
  });
});
