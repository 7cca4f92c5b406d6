import { expect, test } from "vitest";
import type { Encoder, VectorSpace } from "../../../src/client/encoders.ts";
import type { PacedActivity } from "../activities/pace.ts";
import { splitChoices, toChoices, toOffer } from "./encoder-choice.ts";

const clip: Encoder = {
  id: "clip",
  title: "CLIP",
  state: "available",
  use: "none",
  variant: "fp32",
  size_bytes: 608_000_000,
  is_whole_size: true,
  licence: "MIT",
  languages: "English",
  description: "Better at captions.",
  recommended: false,
  dim: 512,
  url: null,
  quality: [],
};
const best: Encoder = { ...clip, id: "best", title: "Best", recommended: true };
const compact: Encoder = { ...clip, id: "compact", state: "built in", use: "in use", dim: null };
const current: VectorSpace = {
  space: 1,
  name: "compact",
  state: "current",
  vectors: 100,
  dim: 384,
  changed_at: "2026-01-01T00:00:00Z",
};
const download: PacedActivity = {
  id: "encoder-download-1",
  kind: "encoder-download",
  about: "best",
  state: "running",
  done: 0,
  total: 0,
  failure: "",
  started_at: "2026-01-01T00:00:00Z",
  samples: [],
};

const choose = (
  encoders: readonly Encoder[],
  spaces: readonly VectorSpace[] = [current],
  activities: readonly PacedActivity[] = [],
) => toChoices({ encoders, spaces }, activities);
const idsOf = (choices: readonly { readonly encoder: Encoder }[]) =>
  choices.map(({ encoder }) => encoder.id);

test("puts the one in use first, with the numbers of its vectors", () => {
  const choices = choose([best, clip, compact]);
  expect(idsOf(choices)).toEqual(["compact", "best", "clip"]);
  expect(choices[0]!.encoder).toMatchObject({ title: "Built-in model", dim: 384 });
});

test("shows at once what is here or recommended, the rest behind a press", () => {
  const { near, far } = splitChoices(choose([compact, best, clip, { ...clip, id: "other" }]));
  expect(idsOf(near)).toEqual(["compact", "best"]);
  expect(idsOf(far)).toEqual(["clip", "other"]);
  const failed = { ...download, about: "clip", state: "failed", failure: "No network" } as const;
  const after = splitChoices(choose([compact, best, clip], [current], [failed]));
  expect(idsOf(after.near)).toContain("clip");
});

test("only the newest activity tells what became of a model", () => {
  const failed = { ...download, id: "encoder-download-0", state: "failed", failure: "x" } as const;
  const [, working] = choose([compact, best], [current], [download, failed]);
  expect(working).toMatchObject({ work: download, failure: "" });
  const [, over] = choose([compact, best], [current], [failed, download]);
  expect(over).toMatchObject({ work: undefined, failure: "x" });
});

test("knows what kept vectors lack", () => {
  const kept = { ...current, space: 2, name: "clip", state: "kept", vectors: 40 } as const;
  const installed = { ...clip, state: "installed", use: "ready" } as const;
  const [, choice] = choose([compact, installed], [current, kept]);
  expect(choice).toMatchObject({ kept, lacking: 60 });
});

test("has room for models in folders that the server does not list", () => {
  const elsewhere = { ...current, name: "mine" };
  const [first] = choose([{ ...compact, use: "none" }, clip], [elsewhere]);
  expect(first).toMatchObject({ encoder: { id: "mine", use: "in use" }, isElsewhere: true });
});

test("offers the recommended one only where the built-in one is all there ever was", () => {
  expect(toOffer(choose([compact, best, clip]))?.encoder.id).toBe("best");
  expect(toOffer(choose([compact, best, { ...clip, state: "installed" }]))).toBeUndefined();
  expect(toOffer(choose([compact, { ...best, state: "incomplete" }]))).toBeUndefined();
  expect(toOffer(choose([compact, { ...best, use: "on its way" }]))).toBeUndefined();
  expect(toOffer(choose([{ ...compact, use: "ready" }, best], []))).toBeUndefined();
});
