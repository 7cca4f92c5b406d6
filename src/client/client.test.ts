import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { createClient } from "./client.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

/** A server that gives one answer to everything, and tells what it was asked. */
async function answering(httpStatus: number, reply: unknown) {
  const asked: { method?: string; url?: string; key?: string; body?: unknown }[] = [];
  server = createServer(async (request, response) => {
    const body = await text(request);
    asked.push({
      method: request.method ?? "",
      url: request.url ?? "",
      key: request.headers.authorization ?? "",
      body: body === "" ? undefined : JSON.parse(body),
    });
    response.writeHead(httpStatus, { "content-type": "application/json" });
    response.end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    client: createClient({
      baseUrl: `http://127.0.0.1:${port}`,
      key: "secret",
      app: { userId: "me", id: "holiday snaps" },
    }),
  };
}

test("searches in the app that it was made for", async () => {
  const reply = { hits: [{ score: 0.5, input: { id: "1" } }], total: 7, relevant: 1 };
  const { asked, client } = await answering(200, reply);
  const ranks = [{ kind: "concept", name: "dog", weight: -1 }] as const;
  const page = await client.search({ ranks, page: 2, per_page: 10 });
  expect(page).toMatchObject({ total: 7, relevant: 1, hits: [{ score: 0.5, input: { id: "1" } }] });
  expect(asked).toEqual([
    {
      method: "POST",
      url: "/semblance/search?user_id=me&app_id=holiday+snaps",
      key: "Key secret",
      body: { ranks, page: 2, per_page: 10 },
    },
  ]);
});

test("throws what the server says", async () => {
  const { client } = await answering(400, {
    status: { code: 40002, description: "Expected less." },
  });
  await expect(client.search({})).rejects.toMatchObject({
    name: "ClientError",
    code: 40002,
    httpStatus: 400,
    message: "Expected less.",
    isUnreachable: false,
  });
});

test("tells a server that is away from one that answers 503", async () => {
  const { client } = await answering(503, { status: { code: 21200, description: "No model." } });
  await expect(client.counts()).rejects.toMatchObject({ isUnreachable: false });
  const away = createClient({ baseUrl: "http://127.0.0.1:9" });
  await expect(away.counts()).rejects.toMatchObject({ code: 0, isUnreachable: true });
});

test("deletes no more than 128 inputs per request", async () => {
  const { asked, client } = await answering(200, {});
  await client.deleteInputs(Array.from({ length: 129 }, (_, n) => `${n}`));
  expect(asked.map(({ body }) => Object.values(body ?? {})[0].length)).toEqual([128, 1]);
});

test("lets an aborted call end as aborted", async () => {
  const { client } = await answering(200, {});
  await expect(client.counts({ signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: "AbortError",
  });
});
