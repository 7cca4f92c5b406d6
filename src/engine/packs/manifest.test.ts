import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { knownBytes, readManifest, variantOf } from "./manifest.ts";
import { isPackId, packFolder } from "./pack-id.ts";
import { isPackPath } from "./pack-path.ts";

const packs = readManifest();

test("ours is valid, and recommends one model", () => {
  expect(packs.length).toBeGreaterThanOrEqual(5);
  expect(packs.filter(({ recommended }) => recommended).map(({ id }) => id)).toEqual([
    "siglip2-base-patch32-256",
  ]);
});

test("every variant has the files that the loader reads, in one layout", () => {
  const layouts = {
    encoder: [
      "config.json",
      "onnx/text_model.onnx",
      "onnx/vision_model.onnx",
      "preprocessor_config.json",
      "tokenizer.json",
      "tokenizer_config.json",
    ],
    detector: ["config.json", "onnx/model.onnx", "preprocessor_config.json"],
  };
  for (const { kind, variants } of packs) {
    for (const { files } of variants)
      expect(files.map(({ target }) => target).sort()).toEqual(layouts[kind]);
  }
  expect(packs.filter(({ kind }) => kind === "detector").length).toBeGreaterThanOrEqual(3);
});

test("every figure of quality names its source, every pack its licence", () => {
  for (const { licence, quality } of packs) {
    expect(["Apache-2.0", "MIT"]).toContain(licence);
    expect(quality.length).toBeGreaterThan(0);
    for (const { source } of quality) expect(source).toMatch(/^https:\/\//);
  }
});

test("an unknown variant is refused, and those that there are are named", () => {
  const [pack] = packs;
  expect(() => variantOf(pack!, "int4")).toThrow(/one of fp32, fp16, int8 for .*"int4"/);
  expect(variantOf(pack!).name).toBe(pack!.defaultVariant);
  expect(knownBytes(variantOf(pack!, "fp16"))).toBe(34_363_039 + 189_374_263 + 564_862_230);
});

describe("a hostile or careless manifest is refused, by the place of the mistake", () => {
  const file = { path: "a.json", target: "a.json", sha256: null, sizeBytes: 1 };
  const good = {
    id: "model",
    title: "A model",
    description: "Better",
    repo: "owner/name",
    revision: "a".repeat(40),
    url: "https://example.com/model",
    licence: "MIT",
    languages: "English",
    dim: 512,
    recommended: false,
    quality: [],
    defaultVariant: "fp32",
    variants: [{ name: "fp32", files: [file] }],
  };
  const read = (...changed: object[]) => {
    const path = join(temporaryFolder(), "manifest.json");
    writeFileSync(path, JSON.stringify({ format: 1, packs: changed }));
    return readManifest(path);
  };
  const withFile = (changed: object) => ({
    ...good,
    variants: [{ name: "fp32", files: [{ ...file, ...changed }] }],
  });

  test("but a good one is read", () => {
    expect(read(good)).toEqual([{ ...good, kind: "encoder" }]);
    const { languages, dim, ...detector } = { ...good, kind: "detector" };
    expect(read(detector)).toEqual([{ ...detector, languages: null, dim: null }]);
  });

  test.each([
    ["an id that leaves the folder", { ...good, id: "../model" }, "packs.0.id"],
    ["the id of the built-in encoder", { ...good, id: "compact" }, "packs.0.id"],
    ["a licence for research only", { ...good, licence: "CC-BY-NC-4.0" }, "packs.0.licence"],
    ["a page without https", { ...good, url: "http://example.com" }, "packs.0.url"],
    ["a repository that is a URL", { ...good, repo: "https://evil.test/x" }, "packs.0.repo"],
    ["a repository that climbs", { ...good, repo: "owner/.." }, "packs.0.repo"],
    ["a branch, which moves", { ...good, revision: "main" }, "packs.0.revision"],
    ["a kind that is none", { ...good, kind: "generator" }, "packs.0.kind"],
    ["an encoder without languages", { ...good, languages: null }, "packs.0"],
    ["an encoder without vectors", { ...good, dim: null }, "packs.0"],
    ["a detector of captions", { ...good, kind: "detector", dim: null }, "packs.0"],
    [
      "a detector as the encoder to begin with",
      { ...good, kind: "detector", dim: null, languages: null, recommended: true },
      "packs.0",
    ],
    ["a default that is none", { ...good, defaultVariant: "fp16" }, "packs.0"],
    ["a path that climbs", withFile({ path: "../a.json" }), "files.0.path"],
    ["a target that climbs", withFile({ target: "onnx/../../a.json" }), "files.0.target"],
    ["an absolute target", withFile({ target: "/etc/passwd" }), "files.0.target"],
    ["a target with a drive", withFile({ target: "c:/a.json" }), "files.0.target"],
    ["a target with backslashes", withFile({ target: "..\\a.json" }), "files.0.target"],
    ["our own record as target", withFile({ target: "pack.json" }), "files.0.target"],
    ["a digest that is none", withFile({ sha256: "abc" }), "files.0.sha256"],
    ["a negative size", withFile({ sizeBytes: -1 }), "files.0.sizeBytes"],
    ["an unknown key", withFile({ url: "https://evil.test" }), "files.0"],
    [
      "two files at one place",
      { ...good, variants: [{ name: "fp32", files: [file, { ...file, target: "A.json" }] }] },
      "variants.0.files",
    ],
  ])("%s", (_, pack, place) => {
    expect(() => read(pack)).toThrow(place);
  });

  test("one id twice", () => {
    expect(() => read(good, good)).toThrow(/packs.*ids once each/);
  });
});

test.each(["model", "a", "clip-vit_b.32", "0"])("%s may be an id", (id) => {
  expect(isPackId(id)).toBe(true);
});

test.each([
  "",
  "Model",
  ".hidden",
  "a/b",
  "a\\b",
  "..",
  "a.",
  "x.part",
  "x.old",
  "x.lock",
  "con",
  "nul.x",
])("%j may not", (id) => {
  expect(isPackId(id)).toBe(false);
  expect(() => packFolder("/data", id)).toThrow(/Expected up to 64 small letters/);
});

test.each([
  "../x",
  "/x",
  "a//b",
  "a/./b",
  ".x",
  "a/.x",
  "x.",
  "a\\b",
  "a\0b",
  "x.partial",
  "Pack.json",
])("%j is no path inside a pack", (path) => {
  expect(isPackPath(path)).toBe(false);
});
