import { expect, test } from "vitest";
import { judge } from "./cases.ts";

const client = "some client 1.0";
const miss = { client, name: "reads minds", reason: "Nobody can." };
const verdicts = (...given: Parameters<typeof judge>) =>
  judge(...given).map(({ name, verdict }) => [name, verdict]);

test("a failure is a failure unless it is known", () => {
  const cases = [
    { client, name: "works", failure: null },
    { client, name: "breaks", failure: "why" },
    { client, name: "reads minds", failure: "why" },
  ];
  expect(verdicts(cases, [client], [miss])).toEqual([
    ["works", "passed"],
    ["breaks", "failed"],
    ["reads minds", "known miss"],
  ]);
});

test("a known miss that passes is a failure: the list must stay true", () => {
  const cases = [{ client, name: "reads minds", failure: null }];
  expect(verdicts(cases, [client], [miss])).toEqual([["reads minds", "failed"]]);
});

test("a known miss that no suite has is a failure, unless its client did not run", () => {
  expect(verdicts([], [client], [miss])).toEqual([["reads minds", "failed"]]);
  expect(verdicts([], [], [miss])).toEqual([]);
});
