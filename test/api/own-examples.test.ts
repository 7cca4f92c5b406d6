// Pictures to search by: given once, searched by their id.
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { LIMITS } from "../../src/limits.ts";
import { settled } from "../fixtures/engine.ts";
import { testPictures } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
let pictures: Awaited<ReturnType<typeof testPictures>>;

beforeAll(async () => {
  server = await startReal();
  pictures = await testPictures(6);
  await server.engine.addInputs(server.app, pictures);
  await settled(server);
});
afterAll(() => server.close());

async function give(bytes: Uint8Array<ArrayBuffer>, query = "") {
  const response = await fetch(`${server.url}/semblance/examples${query}`, {
    method: "POST",
    body: bytes,
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever shape the answer should have
  return { status: response.status, json: (await response.json()) as any };
}

const searchBy = (id: string, query = "") =>
  call(`${server.url}/semblance/search${query}`, "POST", { ranks: [{ kind: "example", id }] });

const wide = () =>
  sharp({ create: { width: 1200, height: 600, channels: 3, background: "#c33" } })
    .png()
    .toBuffer() as Promise<Buffer<ArrayBuffer>>;

test("an example finds the picture that it was made of", async () => {
  const [, picture] = pictures;
  const smaller = await sharp(picture?.bytes).resize(120).webp().toBuffer();
  const { json } = await give(new Uint8Array(smaller));
  expect(json.example.id).toMatch(/^[0-9a-f]{32}$/);
  const found = await searchBy(json.example.id);
  expect(found.json.hits[0].input.data.image.url).toContain(encodeURIComponent(picture!.name));
  expect(found.json.hits[0].score).toBeGreaterThan(0.9);
});

test("comes back as a small JPEG that may be kept", async () => {
  const { json } = await give(new Uint8Array(await wide()));
  expect(json.example).toMatchObject({ width: 1200, height: 600 });
  const response = await fetch(`${server.url}/semblance/examples/${json.example.id}`);
  expect(response.headers.get("content-type")).toBe("image/jpeg");
  expect(response.headers.get("cache-control")).toContain("private");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const { width, height } = await sharp(await response.arrayBuffer()).metadata();
  expect([width, height]).toEqual([512, 256]);
});

test("the client gives one and shows it", async () => {
  const client = createClient({ baseUrl: server.url });
  const { id, width } = await client.addExample(new Blob([await wide()]));
  expect(width).toBe(1200);
  expect((await fetch(client.exampleUrl(id))).status).toBe(200);
  expect((await client.search({ ranks: [{ kind: "example", id }] })).total).toBe(6);
  await expect(client.addExample("http://127.0.0.1/a.jpg")).rejects.toThrow(/address/i);
});

test("the same bytes are the same example", async () => {
  const first = await give(new Uint8Array(await wide()));
  const second = await give(new Uint8Array(await wide()));
  expect(second.json.example).toEqual(first.json.example);
});

test.each([
  ["text", new TextEncoder().encode("no picture"), 400],
  ["nothing", new Uint8Array(), 400],
  ["too much", new Uint8Array(LIMITS.imageBytes + 1), 413],
])("refuses %s", async (_name, bytes, status) => {
  const answer = await give(bytes);
  expect(answer.status).toBe(status);
  expect(answer.json.status.description).toMatch(/^Expected /);
});

test("refuses an address that is none", async () => {
  const { status, json } = await give(new Uint8Array(), "?url=ftp://example.com/a.jpg");
  expect(status).toBe(400);
  expect(json.status.description).toContain("http or https URL");
});

test.each(["0".repeat(32), "../../semblance"])(
  "names the example %s that is unknown",
  async (id) => {
    const found = await searchBy(id);
    expect(found.status).toBe(404);
    expect(found.json.status.details).toContain(id);
    const path = `/semblance/examples/${encodeURIComponent(id)}`;
    expect((await call(server.url + path)).status).toBe(404);
  },
);

test("examples are of one app and go with it", async () => {
  const { engine, url } = server;
  const app = await engine.apps.create("me", { id: "short-lived" });
  const query = "?user_id=me&app_id=short-lived";
  const { json } = await give(new Uint8Array(await wide()), query);
  const { id } = json.example;
  expect((await searchBy(id, query)).status).toBe(200);
  const other = await give(
    new Uint8Array(
      await sharp(await wide())
        .negate()
        .png()
        .toBuffer(),
    ),
    query,
  );
  expect((await call(`${url}/semblance/examples/${other.json.example.id}`)).status).toBe(404);
  await engine.deleteApp(app);
  await expect(engine.examples.read(app, id)).rejects.toMatchObject({ code: "not_found" });
});
