// The Portal and Clarifai's clients ask the same question in their own ways: they must get the same answer.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../src/api/server.ts";
import { createClient } from "../../src/client/client.ts";
import type { Search, SearchPageRequest } from "../../src/client/search.ts";
import { loadConfig } from "../../src/config.ts";
import { openTestEngine, settled, type TestEngine } from "../fixtures/engine.ts";
import { testPictures } from "../fixtures/pictures.ts";

// Clarifai's own client is CommonJS without types.
const require = createRequire(import.meta.url);
const { ClarifaiStub, grpc } = require("clarifai-nodejs-grpc");

const PICTURES = 40;
const PER_PAGE = 25;

/** Ids with scores, in order. */
type Order = readonly (readonly [string, number])[];
/** As both protocols write it. */
type WireRank = { readonly annotation: object; readonly negate?: boolean };

let opened: TestEngine;
let server: RunningServer;

beforeAll(async () => {
  opened = await openTestEngine();
  const { engine, app, data } = opened;
  const pictures = await testPictures(PICTURES);
  await engine.addInputs(
    app,
    pictures.map(({ bytes }, i) => ({ id: `picture-${i}`, bytes, allowDuplicate: true })),
  );
  await settled(opened);
  server = await startServer(engine, loadConfig({ data, port: 0 }, {}));
});

afterAll(async () => {
  await server.close();
  await opened.engine.close();
});

describe("the Portal, REST and gRPC agree on", () => {
  const concept = { concepts: [{ name: "dog", value: 1 }] };
  const CASES: readonly (readonly [string, Search, readonly WireRank[]])[] = [
    [
      "an input",
      { ranks: [{ kind: "input", input_id: "picture-7" }] },
      [{ annotation: { input_id: "picture-7" } }],
    ],
    [
      "a caption",
      { ranks: [{ kind: "text", text: "a red heart" }] },
      [{ annotation: { data: { text: { raw: "a red heart" } } } }],
    ],
    [
      "a concept",
      { ranks: [{ kind: "concept", name: "dog" }] },
      [{ annotation: { data: concept } }],
    ],
    [
      "several at once",
      {
        ranks: [
          { kind: "input", input_id: "picture-3" },
          { kind: "text", text: "a green plant" },
        ],
      },
      [
        { annotation: { input_id: "picture-3" } },
        { annotation: { data: { text: { raw: "a green plant" } } } },
      ],
    ],
    [
      "what an input is not like",
      { ranks: [{ kind: "input", input_id: "picture-3", weight: -1 }] },
      [{ annotation: { input_id: "picture-3" }, negate: true }],
    ],
    ["nothing", {}, []],
  ];

  test.each(CASES)("%s", async (_, request, ranks) => {
    for (const page of [0, 1]) {
      const portal = await askPortal({ ...request, page });
      expect(portal).toHaveLength(page === 0 ? PER_PAGE : PICTURES - PER_PAGE);
      expect(await askRest(ranks, page)).toEqual(portal);
      expect(withFloats(await askGrpc(ranks, page))).toEqual(withFloats(portal));
    }
  });
});

async function askPortal(request: SearchPageRequest): Promise<Order> {
  const client = createClient({ baseUrl: server.url });
  const { hits } = await client.search({ ...request, per_page: PER_PAGE });
  return hits.map(({ input, score }) => [input.id, score]);
}

function toRequest(ranks: readonly WireRank[], page: number): object {
  return {
    user_app_id: { user_id: "me", app_id: "photos" },
    searches: [{ query: { ranks } }],
    pagination: { page: page + 1, per_page: PER_PAGE },
  };
}

type Answer = { readonly hits: readonly { readonly input: { id: string }; score: number }[] };

async function askRest(ranks: readonly WireRank[], page: number): Promise<Order> {
  const response = await fetch(`${server.url}/v2/users/me/apps/photos/inputs/searches`, {
    method: "POST",
    body: JSON.stringify(toRequest(ranks, page)),
  });
  return toOrder((await response.json()) as Answer);
}

function askGrpc(ranks: readonly WireRank[], page: number): Promise<Order> {
  const { host } = new URL(server.url);
  const stub = new (ClarifaiStub.grpc(host).constructor)(host, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    stub.PostInputsSearches(toRequest(ranks, page), (error: Error | null, answer: Answer) => {
      stub.close();
      if (error) reject(error);
      else resolve(toOrder(answer));
    });
  });
}

function toOrder({ hits }: Answer): Order {
  return hits.map(({ input, score }) => [input.id, score]);
}

/** JSON writes a 32-bit float in few digits, gRPC as the double next to it. */
function withFloats(order: Order): Order {
  return order.map(([id, score]) => [id, Math.fround(score)]);
}
