import { request as httpRequest } from "node:http";
import { expect, test } from "vitest";
import { LIMITS } from "../../src/limits.ts";
import { APP, call, start } from "./start.ts";

const concept = (value: unknown) => ({
  searches: [
    { query: { ranks: [{ annotation: { data: { concepts: [{ id: "dog", value }] } } }] } },
  ],
});

test("serves the long and the short spelling of a path", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const long = await call(`${url}/v2/users/me/apps/photos/inputs/a`);
  const short = await call(`${url}/v2/inputs/a`);
  expect(long.json.input.id).toBe("a");
  expect(short.json).toEqual(long.json);
});

test("reads snake_case and camelCase, and writes snake_case", async () => {
  const { url } = await start();
  const snake = await call(`${url}/v2/concepts/searches`, "POST", {
    concept_query: { name: "dog*" },
    pagination: { per_page: 1 },
  });
  const camel = await call(`${url}/v2/concepts/searches`, "POST", {
    conceptQuery: { name: "dog*" },
    pagination: { perPage: 1 },
  });
  expect(snake.json.concepts).toHaveLength(1);
  expect(camel.json.concepts).toEqual(snake.json.concepts);
  expect(snake.json.concepts[0]).toHaveProperty("app_id", "main");
});

test("drops nulls and unknown fields", async () => {
  const { url } = await start();
  const { json } = await call(`${url}/v2/concepts/searches`, "POST", {
    concept_query: { name: "dog*", language: null, made_up: { x: 1 } },
    user_app_id: null,
  });
  expect(json.status.code).toBe(10000);
  expect(json.concepts.map((found: { name: string }) => found.name)).toEqual(["dog", "dog house"]);
});

test("reads a body of any content type as JSON", async () => {
  const { url } = await start();
  const body = JSON.stringify({ concept_query: { name: "cat" } });
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
  ]) {
    const { json } = await call(`${url}/v2/concepts/searches`, "POST", undefined, {});
    expect(json.status.code).toBe(10000);
    const response = await fetch(`${url}/v2/concepts/searches`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    });
    expect(((await response.json()) as { concepts: unknown[] }).concepts).toHaveLength(1);
  }
});

test("reads a body without a content type as JSON", async () => {
  const { port } = await start();
  const body = '{"concept_query":{"name":"cat"}}';
  const text = await new Promise<string>((resolve, reject) => {
    const options = { port, path: "/v2/concepts/searches/", method: "POST" };
    const request = httpRequest(options, (response) => {
      let all = "";
      response.on("data", (chunk) => {
        all += chunk;
      });
      response.on("end", () => resolve(all));
    });
    request.on("error", reject).end(body);
  });
  expect(JSON.parse(text).concepts).toHaveLength(1);
});

test("takes an empty form body as an empty object", async () => {
  const { url } = await start();
  const response = await fetch(`${url}/v2/inputs/searches`, {
    method: "POST",
    body: "",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(await response.json()).toMatchObject({ status: { code: 10000 }, hits: [] });
});

test("takes a trailing slash", async () => {
  const { url } = await start();
  const { json } = await call(`${url}/v2/searches/`, "POST", { query: {} });
  expect(json.status.code).toBe(10000);
});

test("takes booleans for concept values, and 1 where none is given", async () => {
  const { url, engine } = await start();
  for (const value of [true, false, undefined, null, "1"]) {
    await call(`${url}/v2/inputs/searches`, "POST", concept(value));
  }
  const weights = engine.searches.map((search) => search.ranks[0]?.weight);
  expect(weights).toEqual([1, -1, 1, 1, 1]);
});

test("reads repeated, nested and numeric fields from the query string", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  engine.put({ id: "b" });
  engine.put({ id: "c", status: "pending" });
  const ids = async (query: string) => {
    const { json } = await call(`${url}/v2/inputs?${query}`);
    return json.inputs.map((input: { id: string }) => input.id);
  };
  expect(await ids("ids=a&ids=c")).toEqual(["a", "c"]);
  expect(await ids("ids=a")).toEqual(["a"]);
  expect(await ids("status.code=30001")).toEqual(["c"]);
  expect(await ids("page=2&per_page=2")).toEqual(["c"]);
  expect(await ids("page=2&perPage=2")).toEqual(["c"]);
  expect(await ids("page=&unknown.thing=1")).toEqual(["a", "b", "c"]);
});

test("decodes ids in the path, slashes and unicode included", async () => {
  const { url, engine } = await start();
  const id = "holiday/Ä 1%";
  engine.put({ id });
  const { json } = await call(`${url}/v2/inputs/${encodeURIComponent(id)}`);
  expect(json.input.id).toBe(id);
});

test("prefers the literal path over the id in its place", async () => {
  const { url } = await start();
  const { json } = await call(`${url}/v2/inputs/status`);
  expect(json.counts).toEqual({
    processed: 0,
    to_process: 0,
    errors: 0,
    processing: 0,
    reindexed: 0,
    to_reindex: 0,
    reindex_errors: 0,
    reindexing: 0,
  });
});

const CONCEPT = { id: "ai_x", name: "x", source: "vocabulary" } as const;

test("writes the zeros that clients count on", async () => {
  const { url, engine } = await start();
  const { json: none } = await call(`${url}/v2/inputs`);
  expect(none.inputs).toEqual([]);
  engine.put({ id: "a" });
  engine.predictions = async (of) =>
    new Map(of.map((input) => [input.row, [{ ...CONCEPT, value: 0 }]]));
  const annotations = "/v2/annotations?input_ids=a&list_all_annotations=true";
  const { json: listed } = await call(`${url}${annotations}`);
  expect(listed.annotations[0].data.concepts[0].value).toBe(0);
  engine.search = async () => ({
    hits: [
      {
        input: (await engine.inputs(APP, { offset: 0, limit: 1 }))[0]!,
        score: 0,
      },
    ],
    total: 1,
  });
  const { json } = await call(`${url}/v2/inputs/searches`, "POST", { searches: [{}] });
  expect(json.hits[0].score).toBe(0);
});

test("answers a method that is not there yet with 501 and status 10040", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/v2/users/me/apps/photos/tasks`);
  expect(status).toBe(501);
  expect(json.status.code).toBe(10040);
  expect(json.status.description).toContain("ListTasks");
});

test("answers an unknown path with 404 and status 11101", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/v2/nothing/here`);
  expect(status).toBe(404);
  expect(json.status.code).toBe(11101);
});

test("says where a body is not JSON", async () => {
  const { url } = await start();
  const response = await fetch(`${url}/v2/inputs/searches`, { method: "POST", body: "{oops" });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ status: { code: 11100 } });
});

test("names the field whose value has the wrong shape", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/v2/inputs`, "POST", { inputs: { id: "a" } });
  expect(status).toBe(400);
  expect(json.status.description).toContain("inputs");
  const list = await call(`${url}/v2/inputs`, "POST", [1]);
  expect(list.json.status.code).toBe(11102);
});

test("refuses JSON that is nested without end", async () => {
  const { url } = await start();
  const deep = `${'{"data":{"regions":['.repeat(5000)}${"]}}".repeat(5000)}`;
  const response = await fetch(`${url}/v2/inputs`, {
    method: "POST",
    body: `{"inputs":[{"data":{"regions":[${deep}]}}]}`,
  });
  expect(response.status).toBe(400);
});

test("finds the app in the path, in the body, or takes the default", async () => {
  const { url } = await start();
  const inPath = await call(`${url}/v2/users/me/apps/nope/inputs`);
  expect(inPath.status).toBe(404);
  expect(inPath.json.status).toMatchObject({ code: 11101 });
  expect(inPath.json.status.details).toContain("me/nope");
  const inBody = await call(`${url}/v2/inputs/searches`, "POST", {
    user_app_id: { user_id: "me", app_id: "nope" },
  });
  expect(inBody.json.status.details).toContain("me/nope");
  const userOnly = await call(`${url}/v2/inputs/searches`, "POST", {
    user_app_id: { user_id: "me" },
  });
  expect(userOnly.json.status.code).toBe(10000);
});

test("takes a request of the limit and refuses one byte more", async () => {
  const { port } = await start();
  const answer = (bytes: number) =>
    new Promise<number>((resolve, reject) => {
      const headers = { "content-length": bytes, "content-type": "application/json" };
      const request = httpRequest({ port, path: "/v2/inputs", method: "POST", headers });
      request.on("response", (response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on("error", reject);
      request.flushHeaders();
      setTimeout(() => {
        resolve(0); // still waiting for the bytes: accepted
        request.on("error", () => {}).destroy();
      }, 300);
    });
  expect(await answer(LIMITS.requestBytes)).toBe(0);
  expect(await answer(LIMITS.requestBytes + 1)).toBe(413);
});

test("tells nothing of its inner faults", async () => {
  const { url, engine } = await start();
  engine.failure = new Error("secret path /home/user");
  const { status, json } = await call(`${url}/v2/inputs/searches`, "POST", {});
  expect(status).toBe(500);
  expect(json.status.code).toBe(99009);
  expect(JSON.stringify(json)).not.toContain("secret");
  expect(json.status.req_id).toMatch(/^[0-9a-f-]{36}$/);
});
