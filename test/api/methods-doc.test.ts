import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { V2 } from "#proto/api/service_pb";
import { createHandlers } from "../../src/api/handlers/handlers.ts";
import { createFakeEngine } from "./fake-engine.ts";

test("docs/clarifai.md names the methods that are answered, and no other", () => {
  const guide = readFileSync(new URL("../../docs/clarifai.md", import.meta.url), "utf8");
  const section = /\n## Methods\n(.*?)\n## /s.exec(guide)?.[1] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  const named = rows.join(" ").match(/\b[A-Z][A-Za-z]+(ID)?\b/g) ?? [];
  const methods = new Set(V2.methods.map(({ name }) => name));
  const handlers = createHandlers(createFakeEngine());
  const answered = V2.methods.filter(({ localName }) => localName in handlers);
  expect(named.filter((name) => methods.has(name)).sort()).toEqual(
    answered.map(({ name }) => name).sort(),
  );
});
