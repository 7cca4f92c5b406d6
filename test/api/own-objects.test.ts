// Objects over the wire: which detector there is, searches over what it found, counts, and boxes as annotations.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { ClientError } from "../../src/client/client-error.ts";
import { looked, settled } from "../fixtures/engine.ts";
import { type Rectangle, toPng, writeTinyDetector } from "../fixtures/tiny-detector.ts";
import { type StartedReal, startReal } from "./start.ts";

const RED: Rectangle = { colour: "red", left: 20, top: 30, width: 100, height: 75 };
const BLUE: Rectangle = { colour: "blue", left: 140, top: 15, width: 40, height: 60 };
let server: StartedReal;
let client: Client;
beforeAll(async () => {
  server = await startReal({ detector: writeTinyDetector("d_fine") });
  client = createClient({ baseUrl: server.url });
  expect(await client.objects()).toMatchObject({ found: false, detector: { name: "tiny-d_fine" } });
  await server.engine.addInputs(server.app, [
    { id: "both", bytes: await toPng(200, 150, [RED, BLUE]) },
    { id: "blue", bytes: await toPng(200, 150, [BLUE]) },
    { id: "grey", bytes: await toPng(200, 150, []) },
  ]);
  await settled(server);
  await looked(server);
});
afterAll(() => server.close());

test("says which detector there is, and that it found something", async () => {
  expect(await client.objects()).toMatchObject({
    detector: { name: "tiny-d_fine", labels: ["red", "green", "blue"] },
    found: true,
  });
  expect((await client.facets()).objects).toEqual([
    { label: "blue", count: 2 },
    { label: "red", count: 1 },
  ]);
});

test("a search over objects tells the nearest one of each input", async () => {
  const ranks = [{ kind: "input", input_id: "blue" }] as const;
  const { hits, total } = await client.search({ ranks, objects: true });
  expect(total).toBe(2);
  expect(hits.map(({ input }) => input.id).sort()).toEqual(["blue", "both"]);
  const object = hits.find(({ input }) => input.id === "blue")?.object;
  expect(object).toMatchObject({ label: "blue", box: { left: expect.closeTo(0.7, 1) } });
  const whole = await client.search({ ranks });
  expect(whole.hits.every((hit) => hit.object === undefined)).toBe(true);
  expect(whole.total).toBe(3);
});

test("counts restrict, and wrong ones are refused", async () => {
  const find = async (condition: { label: string; least?: number; most?: number }) => {
    const { hits } = await client.search({
      filters: [{ any_of: [{ kind: "objects", ...condition }] }],
    });
    return hits.map(({ input }) => input.id).sort();
  };
  expect(await find({ label: "blues" })).toEqual(["blue", "both"]);
  expect(await find({ label: "red", least: 0, most: 0 })).toEqual(["blue", "grey"]);
  await expect(find({ label: "red", least: 3, most: 2 })).rejects.toThrow(ClientError);
  await expect(find({ label: "", least: 3 })).rejects.toThrow(ClientError);
  await expect(find({ label: "red", least: 1.5 })).rejects.toThrow(ClientError);
});

test("boxes are regions of an annotation of a model, with their labels", async () => {
  const regions = await client.regions("both");
  expect(regions.map(({ names }) => names[0]).sort()).toEqual(["blue", "red"]);
  const red = regions.find(({ names }) => names[0] === "red");
  expect(red?.corners[0]).toEqual({ x: expect.closeTo(0.1, 1), y: expect.closeTo(0.2, 1) });
  expect(await client.regions("grey")).toEqual([]);
  const path = `${server.url}/v2/users/me/apps/photos/annotations?input_ids=both`;
  const said = async (query: string) =>
    ((await (await fetch(path + query)).json()) as { annotations?: { id: string }[] }).annotations;
  expect(await said("")).toHaveLength(1); // what people say
  const ids = (await said("&list_all_annotations=true"))?.map(({ id }) => id);
  expect(ids).toContain("both-general-image-detection");
  expect((await client.predictions("both")).some(({ name }) => name === "red")).toBe(false);
});
