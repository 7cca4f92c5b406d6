// Models over REST: made, changed, trained, measured, asked. The engine is a real one.
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let started: StartedReal;
let url: string;
const emoji = await drawEmoji(12);

beforeAll(async () => {
  started = await startReal();
  url = `${started.url}/v2`;
  const inputs = emoji.map(({ bytes }, i) => ({
    id: `e${i}`,
    data: { image: { base64: bytes.toString("base64") } },
  }));
  await call(`${url}/inputs`, "POST", { inputs });
  await settled(started);
  const labelled = inputs.slice(0, 6).map(({ id }, i) => ({
    id,
    data: { concepts: [{ id: "mine", value: i % 2 === 0 }] },
  }));
  await call(`${url}/inputs`, "PATCH", { inputs: labelled, action: "merge" });
});
afterAll(() => started.close());

async function create(id: string, concepts: object[] = [{ id: "mine" }], config: object = {}) {
  const output_info = { data: { concepts }, output_config: config };
  return call(`${url}/models`, "POST", { model: { id, name: id, output_info } });
}

/** Trains as old clients do, and waits as they do. */
async function train(id: string) {
  const { json } = await call(`${url}/models/${id}/versions`, "POST");
  const versionId: string = json.model.model_version.id;
  for (;;) {
    const info = await call(`${url}/models/${id}/versions/${versionId}/output_info`);
    const { code } = info.json.model.model_version.status;
    if (code !== 21103 && code !== 21101) return { queued: json, info: info.json, versionId };
    await setTimeout(10);
  }
}

describe("a model", () => {
  test("is made as old clients make it, with what they read of it", async () => {
    const { status, json } = await create("whois?1", [{ id: "mine" }, { id: "的な" }], {
      concepts_mutually_exclusive: true,
      closed_environment: true,
    });
    expect(status).toBe(200);
    expect(json.model).toMatchObject({
      id: "whois?1",
      name: "whois?1",
      app_id: "photos",
      user_id: "me",
      model_type_id: "embedding-classifier",
      output_info: {
        data: { concepts: [{ id: "mine" }, { id: "的な", name: "的な" }] },
        output_config: { concepts_mutually_exclusive: true, closed_environment: true },
      },
      model_version: { status: { code: 21102 }, active_concept_count: 2 },
    });
    expect(json.model.created_at).toMatch(/^20/);
    const got = await call(`${url}/models/${encodeURIComponent("whois?1")}`);
    expect(got.json.model).toEqual(json.model);
  });

  test("is made as new clients make it, named by user and app", async () => {
    const path = `${url}/users/somebody/apps/photos/models`;
    const { json } = await call(path, "POST", { models: [{ id: "new", notes: "ours" }] });
    expect(json.model).toMatchObject({ id: "new", user_id: "somebody", notes: "ours" });
    expect(json.model.output_info.data).toBeUndefined();
  });

  test("is refused with an id that exists, another type, or two at once", async () => {
    expect((await create("new")).json.status.code).toBe(40010);
    const other = { models: [{ id: "x", model_type_id: "visual-detector" }] };
    const refused = await call(`${url}/models`, "POST", other);
    expect([refused.status, refused.json.status.code]).toEqual([400, 21202]);
    const two = { models: [{ id: "x1" }, { id: "x2" }] };
    expect((await call(`${url}/models`, "POST", two)).json.status.code).toBe(11102);
  });

  test("that does not exist is told apart by 21200 and words that SDKs look for", async () => {
    const { status, json } = await call(`${url}/models/nobody`);
    expect([status, json.status.code]).toEqual([404, 21200]);
    expect(json.status.description).toContain("Model does not exist");
    const version = await call(`${url}/models/new/versions/nothing`);
    expect(version.json.status.code).toBe(21200);
  });

  test("changes name, config and concepts", async () => {
    await create("m", [{ id: "a" }]);
    const patch = async (action: string, model: object) => {
      const body = { action, models: [{ id: "m", ...model }] };
      return (await call(`${url}/models`, "PATCH", body)).json.models[0];
    };
    const concepts = (...ids: string[]) => ({
      output_info: { data: { concepts: ids.map((id) => ({ id })) } },
    });
    const ids = (model: { output_info: { data?: { concepts: { id: string }[] } } }) =>
      model.output_info.data?.concepts.map(({ id }) => id);
    const config = { concepts_mutually_exclusive: true, closed_environment: true };
    expect(
      await patch("merge", { name: "M", output_info: { output_config: config } }),
    ).toMatchObject({ name: "M", output_info: { output_config: config } });
    const open = await patch("merge", {
      output_info: { output_config: { closed_environment: false } },
    });
    expect(open.output_info.output_config).toMatchObject({
      concepts_mutually_exclusive: true,
      closed_environment: false,
    });
    const merged = await patch("merge", concepts("b"));
    expect(ids(merged)).toEqual(["a", "b"]);
    expect(merged.model_version.active_concept_count).toBe(2);
    expect(ids(await patch("overwrite", concepts("c", "d")))).toEqual(["c", "d"]);
    // As a client removes the last concept: no data at all remains.
    expect(ids(await patch("remove", concepts("c", "d")))).toBeUndefined();
    const body = { action: "shuffle", models: [{ id: "m" }] };
    expect((await call(`${url}/models`, "PATCH", body)).json.status.code).toBe(11102);
  });

  test("is trained in the background and predicts then", async () => {
    await create("emoji");
    const untrained = await call(`${url}/models/emoji/outputs`, "POST", {
      inputs: [{ id: "e0" }],
    });
    expect(untrained.json.status.code).toBe(21102);
    const { queued, info, versionId } = await train("emoji");
    expect(queued.model.model_version.status.code).toBe(21103);
    expect(info.model.model_version).toMatchObject({
      id: versionId,
      status: { code: 21100 },
      total_input_count: 6,
    });
    const inputs = [
      { id: "e0" },
      { id: "new", data: { image: { base64: emoji[1]!.bytes.toString("base64") } } },
    ];
    const { json } = await call(`${url}/models/emoji/outputs`, "POST", { inputs });
    expect(json.status.code).toBe(10000);
    const [carries, lacks] = json.outputs;
    expect(carries).toMatchObject({
      status: { code: 10000 },
      input: { id: "e0" },
      model: { id: "emoji", model_version: { id: versionId } },
      data: { concepts: [{ id: "mine", name: "mine", app_id: "photos" }] },
    });
    expect(carries.data.concepts[0].value).toBeGreaterThan(lacks.data.concepts[0].value);
    const pinned = `${url}/models/emoji/versions/${versionId}/outputs`;
    expect((await call(pinned, "POST", { inputs })).json.outputs[0].data).toEqual(carries.data);
    const found = await call(`${url}/concepts/searches`, "POST", {
      concept_query: { name: "mine" },
    });
    expect(found.json.concepts[0]).toMatchObject({ id: "mine", app_id: "photos" });
  });

  test("is measured, at once and on demand", async () => {
    const versions = (await call(`${url}/models/emoji/versions`)).json.model_versions;
    expect(versions.map((each: { status: { code: number } }) => each.status.code)).toEqual([
      21100, 21102,
    ]);
    const path = `${url}/models/emoji/versions/${versions[0].id}/metrics`;
    const { json } = await call(path);
    const { metrics } = json.model_version;
    expect(metrics.status.code).toBe(21300);
    expect(metrics.binary_metrics[0]).toMatchObject({
      concept: { id: "mine" },
      num_pos: 3,
      num_neg: 3,
    });
    expect(metrics.summary.macro_avg_roc_auc).toBe(metrics.binary_metrics[0].roc_auc);
    const again = await call(path, "POST", {});
    expect(again.json.model_version.metrics.status.code).toBe(21303);
    for (;;) {
      const now = (await call(path)).json.model_version.metrics;
      if (now.status.code === 21300) break;
      await setTimeout(10);
    }
  });

  test("describes its versions, and loses them", async () => {
    const body = {
      model_versions: [{ description: "first", train_info: { dataset: { id: "no" } } }],
    };
    const made = await call(`${url}/models/m/versions`, "POST", body);
    const { id } = made.json.model.model_version;
    expect(made.json.model.model_version).toMatchObject({ description: "first" });
    const path = `${url}/users/me/apps/photos/models/m/versions`;
    const patch = { action: "merge", model_versions: [{ id, description: "second" }] };
    const patched = await call(path, "PATCH", patch);
    expect(patched.json.model_versions[0].description).toBe("second");
    expect((await call(`${path}/${id}`, "DELETE")).json.status.code).toBe(10000);
    expect((await call(`${path}/${id}`, "DELETE")).json.status.code).toBe(21200);
  });

  test("is listed, found by name with wildcards, and shows what it learns from", async () => {
    const listed = await call(`${url}/models?per_page=2&page=1`);
    expect(listed.json.models).toHaveLength(2);
    expect((await call(`${url}/models?page=1000&per_page=500`)).json.models).toEqual([]);
    const search = async (name: string) => {
      const body = { model_query: { name, type: null } };
      const { json } = await call(`${url}/models/searches`, "POST", body);
      return json.models.map(({ id }: { id: string }) => id);
    };
    expect(await search("emoji")).toEqual(["emoji"]);
    expect(await search("EMO*")).toEqual(["emoji"]);
    expect(await search("emo")).toEqual([]);
    const inputs = (await call(`${url}/models/emoji/inputs`)).json.inputs;
    expect(inputs.map(({ id }: { id: string }) => id).sort()).toEqual(["e0", "e2", "e4"]);
    const path = `${url}/users/me/apps/photos/models/emoji/concepts`;
    expect((await call(path)).json.concepts).toMatchObject([{ id: "mine" }]);
  });

  test("takes feedback, which names a model that exists", async () => {
    const feedback = { input: { data: { concepts: [{ id: "mine", value: true }] } } };
    const paths = [
      `${url}/models/emoji/feedback`,
      `${url}/users/me/apps/photos/models/emoji/feedback`,
      `${url}/models/aaa03c23b3724a16a56b629203edc62c/versions/x/feedback`,
      `${url}/searches/feedback`,
    ];
    for (const path of paths) {
      const { status, json } = await call(path, "POST", feedback);
      expect([status, json.status.description]).toEqual([200, "Ok"]);
    }
    expect((await call(`${url}/models/nobody/feedback`, "POST", feedback)).status).toBe(404);
    const kept = await started.engine.records.list(
      started.app,
      { kind: "feedback" },
      { offset: 0, limit: 9 },
    );
    expect(kept).toHaveLength(4);
    expect(kept[0]!.body).toMatchObject({ model: "emoji", ...feedback });
  });

  test("is deleted by id, by ids, or with all others", async () => {
    expect((await call(`${url}/models/new`, "DELETE")).json.status.code).toBe(10000);
    expect((await call(`${url}/models/new`, "DELETE")).status).toBe(404);
    await call(`${url}/models`, "DELETE", { ids: ["m"] });
    expect((await call(`${url}/models/m`)).status).toBe(404);
    await call(`${url}/models`, "DELETE", { ids: [] });
    expect((await call(`${url}/models`)).json.models).not.toEqual([]);
    await call(`${url}/models`, "DELETE", { delete_all: true });
    expect((await call(`${url}/models`)).json.models).toEqual([]);
  });
});

describe("clarifai/main", () => {
  const main = () => `${url}/users/clarifai/apps/main`;

  test("lists models that all work", async () => {
    const { models } = (await call(`${main()}/models?per_page=100`)).json;
    expect(models.length).toBeGreaterThan(10);
    const inputs = [{ data: { image: { base64: emoji[0]!.bytes.toString("base64") } } }];
    for (const { id, app_id, user_id, model_version } of models) {
      expect([user_id, app_id, model_version.status.code]).toEqual(["clarifai", "main", 21100]);
      const { json } = await call(`${main()}/models/${id}/outputs`, "POST", { inputs });
      expect([id, json.status.code]).toEqual([id, 10000]);
      const { concepts, embeddings, clusters } = json.outputs[0].data;
      expect((concepts ?? embeddings ?? clusters).length).toBeGreaterThan(0);
    }
  });

  test("echoes the id and the version that were asked for", async () => {
    const [model, version] = [
      "aaa03c23b3724a16a56b629203edc62c",
      "aa9ca48295b37401f8af92ad1af0d91d",
    ];
    const { json } = await call(`${url}/models/${model}/versions/${version}/output_info`);
    expect(json.model).toMatchObject({
      id: model,
      app_id: "main",
      user_id: "clarifai",
      model_version: { id: version },
    });
    expect(json.model.output_info.data.concepts.length).toBeGreaterThan(2000);
    const named = await call(`${main()}/models/general-image-recognition`);
    expect(named.json.model.model_version.id).toBe("aa7f35c01e0642fda5cf400f543e7c40");
    expect((await call(`${main()}/models/general-image-recognitioninvalid`)).json.status.code).toBe(
      21200,
    );
  });

  test("finds models by name, also from an app of one's own", async () => {
    const body = { model_query: { name: "*general*" } };
    for (const base of [main(), url]) {
      const { models } = (await call(`${base}/models/searches`, "POST", body)).json;
      expect(models.length).toBeGreaterThan(1);
      for (const { name } of models) expect(name).toContain("general");
    }
  });

  test("takes no models", async () => {
    const { status, json } = await call(`${main()}/models`, "POST", { models: [{ id: "x" }] });
    expect([status, json.status.code]).toEqual([403, 11007]);
    const versions = `${main()}/models/general-image-recognition/versions`;
    expect((await call(versions, "POST", {})).json.status.code).toBe(11007);
    expect((await call(versions)).json.model_versions).toHaveLength(1);
  });

  test("knows the types of its models", async () => {
    const { model_types } = (await call(`${url}/models/types`)).json;
    const { models } = (await call(`${main()}/models?per_page=100`)).json;
    const types = new Set(model_types.map(({ id }: { id: string }) => id));
    for (const { model_type_id } of models) expect(types).toContain(model_type_id);
    const type = await call(`${url}/models/types/embedding-classifier`);
    expect(type.json.model_type).toMatchObject({ trainable: true });
    expect((await call(`${url}/models/types/none`)).status).toBe(404);
  });
});
