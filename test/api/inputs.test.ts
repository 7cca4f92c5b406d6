import { expect, test } from "vitest";
import { AppError } from "../../src/errors.ts";
import { LIMITS } from "../../src/limits.ts";
import { call, start } from "./start.ts";

const PIXEL = Buffer.from("not really a pixel").toString("base64");
const image = (id?: string, more = {}) => ({
  ...(id !== undefined && { id }),
  data: { image: { base64: PIXEL, ...more } },
});

test("posts images with id and metadata", async () => {
  const { url, engine } = await start();
  const { status, json } = await call(`${url}/v2/inputs`, "POST", {
    inputs: [
      {
        id: "a",
        data: {
          image: { base64: PIXEL, allow_duplicate_url: true },
          metadata: { k: [1, { n: null }] },
        },
      },
    ],
  });
  expect(status).toBe(200);
  expect(json.status.code).toBe(10000);
  expect(json.inputs[0]).toMatchObject({ id: "a", status: { code: 30001 } });
  expect(engine.given[0]).toMatchObject({
    id: "a",
    allowDuplicate: true,
    metadata: { k: [1, { n: null }] },
  });
  expect(engine.given[0]).toHaveProperty("bytes", Buffer.from(PIXEL, "base64"));
});

test("gives each input of a mixed batch its own status, in order", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/v2/inputs`, "POST", {
    inputs: [image("a"), image("a"), { id: "u", data: { video: { url: "https://x/y.mp4" } } }, {}],
  });
  expect(status).toBe(200);
  expect(json.status.code).toBe(10010);
  const codes = json.inputs.map((input: { status: { code: number } }) => input.status.code);
  expect(codes).toEqual([30001, 40010, 30101, 11102]);
  expect(json.inputs[2].id).toBe("u");
});

test("calls a batch of which all failed a failure", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/v2/inputs`, "POST", { inputs: [{ id: "u" }] });
  expect(status).toBe(400);
  expect(json.status.code).toBe(10020);
  expect(json.inputs[0].status.description).toContain("data.image.base64");
});

test("passes on what is said of an input", async () => {
  const { url, engine } = await start();
  await call(`${url}/v2/inputs`, "POST", {
    inputs: [
      {
        dataset_ids: ["d"],
        data: {
          image: { url: "https://x/y.jpg" },
          concepts: [{ id: "dog" }, { name: "cat", value: false }, { id: "id-cow", name: "cow" }],
          geo: { geo_point: { latitude: 42.05, longitude: -20 } },
        },
      },
    ],
  });
  expect(engine.given[0]).toEqual({
    url: "https://x/y.jpg",
    allowDuplicate: "bytes",
    metadata: {},
    datasets: ["d"],
    labels: [
      { id: "dog", value: 1 },
      { name: "cat", value: 0 },
      { id: "id-cow", name: "cow", value: 1 },
    ],
    place: { latitude: 42.05, longitude: -20 },
  });
});

test("takes 128 inputs in a request and refuses 129", async () => {
  const { url } = await start();
  const post = (count: number) =>
    call(`${url}/v2/inputs`, "POST", { inputs: Array.from({ length: count }, () => image()) });
  expect((await post(LIMITS.inputsPerRequest)).json.inputs).toHaveLength(128);
  const { status, json } = await post(LIMITS.inputsPerRequest + 1);
  expect(status).toBe(400);
  expect(json.status.description).toContain("received 129");
});

test("takes an image of the limit and refuses one byte more", async () => {
  const { url } = await start();
  const code = async (bytes: number) => {
    const base64 = Buffer.alloc(bytes).toString("base64");
    const body = { inputs: [{ data: { image: { base64 } } }] };
    return (await call(`${url}/v2/inputs`, "POST", body)).json.inputs[0].status.code;
  };
  expect(await code(LIMITS.imageBytes)).toBe(30001);
  expect(await code(LIMITS.imageBytes + 1)).toBe(30105);
});

test("tells everything that clients read of an input", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a b", name: "trip/ä.jpg", metadata: { by: "me" } });
  const { json } = await call(`${url}/v2/inputs/a%20b`);
  expect(json.input).toMatchObject({
    id: "a b",
    status: { code: 30000 },
    created_at: expect.stringMatching(/^2023-11-14T22:13:20\.\d+Z$/),
    modified_at: expect.any(String),
    data: {
      image: {
        url: `${url}/originals/a%20b?name=trip%2F%C3%A4.jpg`,
        hosted: { prefix: url, sizes: ["originals", "thumbnails"] },
        image_info: { width: 640, height: 480, format: "jpeg" },
      },
      metadata: { by: "me" },
    },
  });
});

test("links to the host that the caller used", async () => {
  const { port, engine } = await start();
  engine.put({ id: "a" });
  const { json } = await call(`http://localhost:${port}/v2/inputs/a`, "GET", undefined, {
    "x-forwarded-proto": "https",
  });
  expect(json.input.data.image.url).toBe(`https://localhost:${port}/originals/a`);
});

test("tells why an input failed", async () => {
  const { url, engine } = await start();
  engine.put({
    id: "a",
    status: "failed",
    failure: { code: "image_unreadable", message: "Cut off." },
  });
  const { json } = await call(`${url}/v2/inputs/a`);
  expect(json.input.status).toMatchObject({ code: 30002, description: "Cut off." });
});

test("tells that a file is a duplicate", async () => {
  const { url, engine } = await start();
  const failure = { code: "duplicate_image", message: "The same image is there as b." } as const;
  engine.put({ id: "a", status: "duplicate", failure });
  const { json } = await call(`${url}/v2/inputs?status.code=30100`);
  expect(json.inputs[0].status).toMatchObject({ code: 30100, description: failure.message });
});

test("answers 11101 for an input that is not there", async () => {
  const { url } = await start();
  const got = await call(`${url}/v2/inputs/nope`);
  expect(got.status).toBe(404);
  expect(got.json.status.code).toBe(11101);
  const deleted = await call(`${url}/v2/inputs/nope`, "DELETE");
  expect(deleted.json.status.code).toBe(11101);
});

test("deletes one, some, none and all", async () => {
  const { url, engine } = await start();
  for (const id of ["a", "b", "c", "d"]) engine.put({ id });
  const left = async () => {
    const { json } = await call(`${url}/v2/inputs`);
    return json.inputs.map((input: { id: string }) => input.id).join("");
  };
  await call(`${url}/v2/inputs/a`, "DELETE");
  expect(await left()).toBe("bcd");
  await call(`${url}/v2/inputs`, "DELETE", { ids: ["b", "nope"] });
  expect(await left()).toBe("cd");
  expect((await call(`${url}/v2/inputs`, "DELETE", { ids: [] })).json.status.code).toBe(10000);
  expect((await call(`${url}/v2/inputs`, "DELETE")).json.status.code).toBe(10000);
  await call(`${url}/v2/inputs`, "DELETE", { delete_all: false });
  expect(await left()).toBe("cd");
  const both = await call(`${url}/v2/inputs`, "DELETE", { ids: ["c"], delete_all: true });
  expect(both.json.status.code).toBe(11102);
  await call(`${url}/v2/inputs`, "DELETE", { delete_all: true });
  expect(await left()).toBe("");
});

test("counts inputs by state", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  engine.put({ id: "b", status: "pending" });
  engine.put({ id: "c", status: "failed" });
  const { json } = await call(`${url}/v2/inputs/status`);
  expect(json.counts).toMatchObject({ processed: 1, to_process: 1, errors: 1 });
});

test("lists with a page size of at most 1000", async () => {
  const { url } = await start();
  expect((await call(`${url}/v2/inputs?per_page=1000`)).status).toBe(200);
  const { status, json } = await call(`${url}/v2/inputs?per_page=1001`);
  expect(status).toBe(400);
  expect(json.status.description).toContain("1000");
});

test("answers an error of the engine with its own status", async () => {
  const { url, engine } = await start();
  engine.addInputs = async () => {
    throw new AppError("disk_full", "Expected free space.");
  };
  const { status, json } = await call(`${url}/v2/inputs`, "POST", { inputs: [image("a")] });
  expect(status).toBe(507);
  expect(json.status).toMatchObject({ code: 99009, description: "Expected free space." });
});
