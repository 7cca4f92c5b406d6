import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
});
afterAll(() => server.close());

const get = (path: string) => call(`${server.url}/v2${path}`);

test("may do everything, and says in which app", async () => {
  for (const path of ["/myscopes", "/users/me/apps/photos/myscopes"]) {
    const { json } = await get(path);
    expect(json.status.code).toBe(10000);
    expect(json.scopes).toEqual(expect.arrayContaining(["All", "Inputs_Add", "Search"]));
    expect(json.scopes).not.toContain("Inputs_Patch"); // deprecated
    expect(json.scopes).not.toContain("undef");
    expect(json.endpoints).toContain("/clarifai.api.V2/PostInputs");
    expect(json.app).toMatchObject({ id: "photos", user_id: "me" });
  }
  expect((await get("/users/clarifai/apps/main/myscopes")).json.app.id).toBe("main");
  expect((await get("/users/me/apps/nowhere/myscopes")).status).toBe(404);
});

test("tells the owner's scopes without an app", async () => {
  for (const path of ["/users/me/myscopes", "/myscopesroot"]) {
    const { json } = await get(path);
    expect(json.scopes).toContain("All");
    expect(json).not.toHaveProperty("app");
  }
});

test("tells what scopes and calls depend on", async () => {
  const { json } = await get("/users/me/scopes");
  expect(json.scope_deps).toContainEqual({ scope: "Inputs_Add", depending_scopes: ["Inputs_Get"] });
  const endpoint = "/clarifai.api.V2/DeleteApp";
  const dependencies = ["Apps_Add", "Apps_Delete", "Apps_Get", "Workflows_Get"];
  expect(json.endpoint_deps).toContainEqual({ endpoint, depending_scopes: dependencies });
});

test.each([
  ["GET", "/users/me/keys"],
  ["POST", "/users/me/keys"],
  ["DELETE", "/users/me/keys/k"],
])("answers %s %s with where the key is set", async (method, path) => {
  const { status, json } = await call(
    `${server.url}/v2${path}`,
    method,
    method === "POST" ? {} : undefined,
  );
  expect([status, json.status.code]).toEqual([501, 10040]);
  expect(json.status.description).toContain("SEMBLANCE_KEY");
});

test("lists status codes, each once", async () => {
  const { json } = await get("/status_codes");
  const codes = json.statuses.map(({ code }: { code: number }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(json.statuses).toContainEqual({
    code: 30000,
    description: "Input success",
    details: "INPUT_SUCCESS",
  });
});

test("explains one status code", async () => {
  const { status, json } = await get("/status_codes/11008");
  expect([status, json.status.description]).toEqual([200, "Conn key invalid"]);
  expect((await get("/status_codes/12345")).status).toBe(404);
});
