// Predictions of models and workflows over REST, on a real engine.
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../src/api/server.ts";
import { loadConfig } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import { LIMITS } from "../../src/limits.ts";
import { openTestEngine, settled, type TestEngine } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call } from "./start.ts";

const emoji = await drawEmoji(3);
const image = (i: number) => ({ base64: emoji[i]!.bytes.toString("base64") });
const GENERAL = "aaa03c23b3724a16a56b629203edc62c";

let opened: TestEngine;
let server: { readonly url: string; close(): Promise<void> };
let url: string;

beforeAll(async () => {
  const fetchImage = async (address: string): Promise<Uint8Array> => {
    if (address.endsWith("/0.jpg")) return emoji[0]!.bytes;
    throw new AppError("url_unreachable", `Expected an image behind ${address} but none came.`);
  };
  opened = await openTestEngine({ fetchImage });
  const config = loadConfig({ data: opened.data, port: 0 }, {});
  server = await startServer(opened.engine, config, { logLevel: "silent" });
  url = `${server.url}/v2`;
  await call(`${url}/inputs`, "POST", { inputs: [{ id: "kept", data: { image: image(0) } }] });
  await settled(opened);
});
afterAll(async () => {
  await server.close();
  await opened.engine.close();
  rmSync(opened.data, { recursive: true, force: true });
});

async function predict(inputs: object[], config?: object, model = GENERAL) {
  const body = { inputs, ...(config && { model: { output_info: { output_config: config } } }) };
  return call(`${url}/models/${model}/outputs`, "POST", body);
}

describe("general-image-recognition", () => {
  test("says the same of bytes, of their address and of the kept input", async () => {
    const address = { url: "https://example.com/0.jpg" };
    const { status, json } = await predict([
      { id: "a", data: { image: image(0) } },
      { id: "b", data: { image: address } },
      { id: "kept" },
    ]);
    expect([status, json.status.code]).toEqual([200, 10000]);
    const [bytes, fetched, kept] = json.outputs;
    expect(bytes).toMatchObject({
      status: { code: 10000, description: "Ok" },
      input: { id: "a" },
      model: { id: GENERAL, model_version: { id: "aa7f35c01e0642fda5cf400f543e7c40" } },
    });
    expect(bytes.id).toMatch(/^[0-9a-f]{32}$/);
    expect(bytes.created_at).toMatch(/^20/);
    expect(bytes.input.data.image.base64).toBeUndefined();
    expect(fetched.input).toMatchObject({ id: "b", data: { image: address } });
    expect(bytes.data.concepts).toHaveLength(20);
    const values = bytes.data.concepts.map(({ value }: { value: number }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(bytes.data.concepts[0]).toMatchObject({ app_id: "main" });
    expect(bytes.data.concepts[0].id).toMatch(/^ai_\w{8}$/);
    expect(fetched.data).toEqual(bytes.data);
    const ids = (data: { concepts: { id: string }[] }) => data.concepts.map(({ id }) => id);
    expect(ids(kept.data)).toEqual(ids(bytes.data));
  });

  test("holds as many concepts as asked, from a value on", async () => {
    const inputs = [{ data: { image: image(0) } }];
    const count = async (config: object) =>
      (await predict(inputs, config)).json.outputs[0].data.concepts.length;
    expect(await count({ max_concepts: 3 })).toBe(3);
    expect(await count({ max_concepts: LIMITS.predictionsMax })).toBe(LIMITS.predictionsMax);
    const over = await predict(inputs, { max_concepts: LIMITS.predictionsMax + 1 });
    expect([over.status, over.json.status.code]).toEqual([400, 40001]);
    const { concepts } = (await predict(inputs, { max_concepts: 200 })).json.outputs[0].data;
    const middle = concepts[100].value;
    const above = await predict(inputs, { max_concepts: 200, min_value: middle });
    for (const { value } of above.json.outputs[0].data.concepts) {
      expect(value).toBeGreaterThanOrEqual(middle);
    }
    expect((await predict(inputs, { min_value: 1.5 })).json.status.code).toBe(40001);
  });

  test("holds the concepts that were selected, by id, older id or name", async () => {
    const inputs = [{ data: { image: image(0) } }];
    const select = async (...select_concepts: object[]) => predict(inputs, { select_concepts });
    const { json } = await select({ name: "Dog" }, { id: "ai_mFqxrph2" });
    const names = json.outputs[0].data.concepts.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(["cat", "dog"]);
    const one = await select({ name: "dog" }, { name: "no such thing" });
    expect([one.status, one.json.status.code]).toEqual([200, 10010]);
    expect(one.json.status.details).toContain("no such thing");
    expect(one.json.outputs[0].data.concepts).toHaveLength(1);
    const none = await select({ name: "no such thing" });
    expect([none.status, none.json.status.code]).toEqual([400, 21202]);
  });

  test("answers in the languages that concepts have names in", async () => {
    const selected = { select_concepts: [{ name: "dog" }, { name: "doghouse" }] };
    const named = async (language: string) => {
      const { json } = await predict([{ data: { image: image(0) } }], { language, ...selected });
      const { concepts } = json.outputs[0].data;
      return concepts.map((one: { name: string; language: string }) => [one.name, one.language]);
    };
    expect(await named("de-AT")).toContainEqual(["Hund", "de"]);
    expect(await named("zh")).toContainEqual(["狗", "zh"]);
    const { json } = await predict([{ data: { image: image(0) } }], { language: "xx" });
    expect(json.status.code).toBe(40001);
    expect(json.status.description).toContain("en, de, es");
  });

  test("gives each input its own status", async () => {
    const { status, json } = await predict([
      { data: { image: image(0) } },
      {},
      { data: { image: { url: "https://example.com/none.jpg" } } },
      { data: { image: { base64: Buffer.from("no image").toString("base64") } } },
      { data: { text: { raw: "words" } } },
      { data: { video: { url: "https://example.com/a.mp4" } } },
      { id: "nobody" },
    ]);
    expect([status, json.status.code]).toEqual([200, 10010]);
    const codes = json.outputs.map((each: { status: { code: number } }) => each.status.code);
    expect(codes).toEqual([10000, 30104, 30002, 30101, 30101, 30101, 30104]);
    expect(json.outputs[4].status.description).toContain("Input format unsupported");
  });

  test("fails with the reason that all inputs share, or else in general", async () => {
    const gone = { data: { image: { url: "https://example.com/none.jpg" } } };
    const one = await predict([gone]);
    expect([one.status, one.json.status.code]).toEqual([400, 30002]);
    expect(one.json.outputs[0].status.code).toBe(30002);
    expect((await predict([gone, {}])).json.status.code).toBe(10020);
    expect((await predict([])).json.status.code).toBe(11102);
    const many = Array(LIMITS.inputsPerRequest + 1).fill({ id: "kept" });
    expect((await predict(many)).json.status.code).toBe(11102);
  });
});

test("embedders give vectors of the encoder's length, of images and of texts", async () => {
  const { dim } = opened.engine.model;
  const inputs = [{ data: { image: image(0) } }, { data: { text: { raw: "a red heart" } } }];
  const both = (await predict(inputs, undefined, "multimodal-clip-embed")).json;
  expect(both.status.code).toBe(10000);
  for (const { data } of both.outputs) {
    expect(data.embeddings[0].num_dimensions).toBe(dim);
    expect(data.embeddings[0].vector).toHaveLength(dim);
    expect(Math.hypot(...data.embeddings[0].vector)).toBeCloseTo(1, 3);
  }
  const images = (await predict(inputs, undefined, "general-image-embedding")).json;
  expect(images.status.code).toBe(10010);
  expect(images.outputs[0].data).toEqual(both.outputs[0].data);
});

test("the clusterer puts equal images into one cell and different ones on different places", async () => {
  const inputs = [0, 0, 1].map((i) => ({ data: { image: image(i) } }));
  const { outputs } = (await predict(inputs, undefined, "general-clusterer")).json;
  const [one, same, other] = outputs.map(
    ({ data }: { data: { clusters: object[] } }) => data.clusters[0],
  );
  expect(one.id).toMatch(/^[0-9a-f]{3}$/);
  expect(one.projection).toHaveLength(2);
  expect(same).toEqual(one);
  expect(other.projection).not.toEqual(one.projection);
});

test("a model of one section predicts its concepts only", async () => {
  const food = "food-item-recognition";
  const info = (await call(`${url}/models/${food}/output_info`)).json.model.output_info;
  const known = new Set(info.data.concepts.map(({ name }: { name: string }) => name));
  expect(known).toContain("pizza");
  expect(known).not.toContain("dog");
  const { json } = await predict([{ data: { image: image(0) } }], undefined, food);
  for (const { name } of json.outputs[0].data.concepts) expect(known).toContain(name);
});

describe("workflows", () => {
  const node = (id: string, model: object, inputs: string[] = []) => ({
    id,
    model,
    node_inputs: inputs.map((node_id) => ({ node_id })),
  });
  const general = { id: GENERAL, model_version: { id: "aa9ca48295b37401f8af92ad1af0d91d" } };

  test("of clarifai/main give concepts, embeddings and clusters in this order", async () => {
    const inputs = [{ data: { image: image(0) } }];
    for (const [base, id] of [
      [`${url}/users/clarifai/apps/main`, "General"],
      [url, "Universal"],
    ]) {
      const path = `${base}/workflows/${id}`;
      expect((await call(path)).json.workflow).toMatchObject({
        id,
        app_id: "main",
        user_id: "clarifai",
      });
      const config = { max_concepts: 3 };
      const { json } = await call(`${path}/results`, "POST", { inputs, output_config: config });
      expect(json.status.code).toBe(10000);
      const [concepts, embeddings, clusters] = json.results[0].outputs;
      expect(concepts.data.concepts).toHaveLength(3);
      expect(embeddings.data.embeddings).toHaveLength(1);
      expect(clusters.data.clusters).toHaveLength(1);
      expect(concepts.model.model_version.id).toBeTruthy();
      expect(json.results[0].input.id).toBeTruthy();
    }
    const listed = await call(`${url}/users/clarifai/apps/main/workflows`);
    expect(listed.json.workflows.map(({ id }: { id: string }) => id)).toEqual([
      "Universal",
      "General",
      "Empty",
    ]);
  });

  test("of one's own are made, run, changed and deleted", async () => {
    const made = await call(`${url}/workflows`, "POST", {
      workflows: [{ id: "mine", nodes: [node("concepts", general)] }],
    });
    expect(made.json.workflows[0]).toMatchObject({
      id: "mine",
      app_id: "photos",
      nodes: [{ id: "concepts", model: { ...general, user_id: "clarifai" } }],
    });
    const inputs = [{ id: "kept" }, { data: { image: image(1) } }];
    const run = await call(`${url}/workflows/mine/results`, "POST", { inputs });
    expect(run.json.status.code).toBe(10000);
    expect(run.json.workflow.id).toBe("mine");
    const [result] = run.json.results;
    expect(result).toMatchObject({ status: { code: 10000 }, input: { id: "kept" } });
    expect(result.outputs[0].model.model_version.id).toBe(general.model_version.id);

    const nodes = [
      node("e", { id: "general-image-embedding" }),
      node("c", { id: "general-clusterering" }, ["e"]),
    ];
    const body = { action: "overwrite", workflows: [{ id: "mine", nodes, description: "two" }] };
    const patched = (await call(`${url}/workflows`, "PATCH", body)).json.workflows[0];
    expect(patched.description).toBe("two");
    const versions = `${url}/workflows/mine/versions`;
    const [newest, oldest] = (await call(versions)).json.workflow_versions;
    expect([newest.id, newest.nodes.length, oldest.nodes.length]).toEqual([
      patched.version.id,
      2,
      1,
    ]);
    expect((await call(`${versions}/${oldest.id}`)).json.workflow_version).toEqual(oldest);
    const pinned = `${url}/users/me/apps/photos/workflows/mine/versions/${oldest.id}/results`;
    const again = (await call(pinned, "POST", { inputs })).json;
    expect(again.results[0].outputs).toHaveLength(1);
    const gone = await call(versions, "DELETE", { workflow_version_ids: [oldest.id] });
    expect(gone.json.status.code).toBe(10000);
    expect((await call(`${versions}/${oldest.id}`)).json.status.code).toBe(11101);

    const own = `${url}/users/me/apps/photos/workflows`;
    expect((await call(own)).json.workflows).toHaveLength(1);
    // Where no app is named, those of clarifai/main follow: the Node SDK lists them so.
    const { workflows } = (await call(`${url}/workflows?per_page=2`)).json;
    expect(workflows.map(({ id }: { id: string }) => id)).toEqual(["mine", "Universal"]);
    expect((await call(`${url}/workflows/mine`, "DELETE")).json.status.code).toBe(10000);
    const missing = await call(`${url}/workflows/mine/results`, "POST", { inputs });
    expect([missing.status, missing.json.status.code]).toEqual([404, 11101]);
    expect(missing.json.status.description).toContain("Resource does not exist");
  });

  test("are refused with nodes that cannot work", async () => {
    const post = async (...nodes: object[]) => {
      const { json } = await call(`${url}/workflows`, "POST", { workflows: [{ id: "w", nodes }] });
      return json.status.code;
    };
    expect(await post(node("a", { id: "nobody" }))).toBe(21200);
    expect(await post(node("a", general), node("a", general))).toBe(22104);
    expect(await post(node("a", general), node("b", general, ["a"]))).toBe(22104);
    expect(await post(node("b", general, ["later"]))).toBe(22104);
    expect(await post({ id: "a" })).toBe(22104);
    expect((await call(`${url}/users/me/apps/photos/workflows`)).json.workflows).toEqual([]);
  });

  test("say per input what went wrong", async () => {
    const inputs = [{ id: "kept" }, { data: { text: { raw: "words" } } }];
    const { json } = await call(`${url}/workflows/General/results`, "POST", { inputs });
    expect(json.status.code).toBe(10010);
    expect(json.results.map((each: { status: { code: number } }) => each.status.code)).toEqual([
      10000, 30101,
    ]);
    const all = await call(`${url}/workflows/General/results`, "POST", {
      inputs: inputs.slice(1),
    });
    expect([all.status, all.json.status.code]).toEqual([400, 30101]);
  });
});
