// Saved searches of the Portal.
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
});
afterAll(() => server.close());

const own = (path: string, method = "GET", body?: unknown) =>
  call(`${server.url}/semblance/searches${path}`, method, body);

test("are kept, changed, listed newest first and deleted", async () => {
  const first = (await own("", "POST", { name: " Dogs ", address: "q=dog" })).json.search;
  expect(first).toMatchObject({ name: "Dogs", address: "q=dog" });
  const second = { name: "Cats", address: "q=cat", thumbnail_id: "i1" };
  const { id } = (await own("", "POST", second)).json.search;
  const changed = await own(`/${id}`, "PATCH", { name: "Big cats" });
  expect(changed.json.search).toMatchObject({ ...second, id, name: "Big cats" });
  const { searches } = (await own("")).json;
  expect(searches.map(({ name }: { name: string }) => name)).toEqual(["Big cats", "Dogs"]);
  expect((await own(`/${id}`, "DELETE")).status).toBe(200);
  expect((await own(`/${id}`, "DELETE")).status).toBe(404);
  expect((await own(`/${id}`, "PATCH", { name: "x" })).status).toBe(404);
  expect((await own("")).json.searches).toHaveLength(1);
});

test("need a name, and an address that is not too long", async () => {
  const statusOf = async (body: object) => (await own("", "POST", body)).status;
  expect(await statusOf({ name: "  ", address: "" })).toBe(400);
  expect(await statusOf({ name: "x", address: "a".repeat(20_001) })).toBe(400);
  expect(await statusOf({ name: "x", address: "a".repeat(20_000) })).toBe(200);
});
