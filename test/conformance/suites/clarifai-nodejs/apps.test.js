import { App, Model, User, Workflow } from "clarifai-nodejs";
import { beforeAll, describe, expect, test } from "vitest";
import { sampleBytes, sampleUrl, uniqueId, url } from "../server.js";
import { authConfig, createApp, everything, user } from "./client.js";

const MAIN = authConfig("main", "clarifai");

describe("User", () => {
  test("makes, reads, lists and deletes apps", async () => {
    const made = await user.createApp({ appId: uniqueId("app") });
    expect(made).toMatchObject({ userId: "someone", defaultWorkflow: { id: "Empty" } });
    expect(await user.app({ appId: made.id })).toMatchObject({ id: made.id });
    expect((await everything(user.listApps())).map(({ id }) => id)).toContain(made.id);
    await user.deleteApp({ appId: made.id });
    const error = await user.app({ appId: made.id }).catch((thrown) => thrown);
    expect(error.message).toMatch(/Resource does not exist/);
    expect(error.cause.status.code).toBe(11101);
  });

  test("speaks TLS where the address says https", async () => {
    const base = `https://localhost:${new URL(url).port}`;
    const secure = new User({ ...authConfig("main"), base });
    const { id } = await createApp();
    expect((await everything(secure.listApps())).map((app) => app.id)).toContain(id);
  });

  test("an app id that is taken is an error", async () => {
    const { id } = await createApp();
    await expect(user.createApp({ appId: id })).rejects.toThrow(/^Failed to create app: /);
  });

  test("a wrong key is an error in the words of the API", async () => {
    const other = new User({ ...authConfig("main"), pat: "another-key-of-24-letters" });
    const error = await other
      .listApps()
      .next()
      .catch((thrown) => thrown);
    expect(error.message).toContain("Invalid API key or Invalid API key/application pair");
    expect(error.cause.status.code).toBe(11008);
  });
});

describe("App", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
  });

  test("has datasets", async () => {
    const dataset = await app.app.createDataset({ datasetId: "one" });
    expect(dataset).toMatchObject({ id: "one", appId: app.id, userId: "someone" });
    expect(await app.app.dataset({ datasetId: "one" })).toMatchObject({ id: "one" });
    expect((await everything(app.app.listDataSets())).map(({ id }) => id)).toEqual(["one"]);
    await app.app.deleteDataset({ datasetId: "one" });
    expect(await everything(app.app.listDataSets())).toEqual([]);
  });

  test("has versions of datasets", async () => {
    await app.app.createDataset({ datasetId: "two" });
    const dataset = app.dataset("two");
    const version = await dataset.createVersion({ id: "v1", description: "As it is" });
    expect(version).toMatchObject({ id: "v1", description: "As it is" });
    expect((await everything(dataset.listVersions())).map(({ id }) => id)).toEqual(["v1"]);
    await dataset.deleteVersion("v1");
    expect(await everything(dataset.listVersions())).toEqual([]);
  });

  test("lists more datasets than a page has", async () => {
    const many = await createApp();
    const names = Array.from({ length: 20 }, (_, i) => `set-${String(i).padStart(2, "0")}`);
    for (const datasetId of names) await many.app.createDataset({ datasetId });
    const listed = (await everything(many.app.listDataSets())).map(({ id }) => id);
    expect(listed.toSorted()).toEqual(names);
  });

  test("lists the concepts that its labels made", async () => {
    await app.input.uploadFromUrl({
      inputId: "labelled",
      imageUrl: sampleUrl("beer.jpeg"),
      labels: ["cold beer"],
    });
    const concepts = await everything(app.app.listConcepts());
    expect(concepts).toMatchObject([{ id: "id-coldbeer", name: "cold beer" }]);
  });

  test("has models", async () => {
    const model = await app.app.createModel({ modelId: "mine" });
    expect(model).toMatchObject({ id: "mine", appId: app.id, userId: "someone" });
    expect(await app.app.model({ modelId: "mine" })).toMatchObject({ id: "mine" });
    await app.app.deleteModel({ modelId: "mine" });
    const error = await app.app.model({ modelId: "mine" }).catch((thrown) => thrown);
    expect(error.message).toMatch(/Model does not exist/);
    expect(error.cause.status.code).toBe(21200);
  });
});

describe("clarifai/main", () => {
  const main = new App({ authConfig: MAIN });

  test("lists its models and workflows", async () => {
    const models = (await main.listModels().next()).value;
    expect(models.length).toBeGreaterThan(10);
    const workflows = (await main.listWorkflows({ onlyInApp: false }).next()).value;
    expect(workflows.length).toBeGreaterThanOrEqual(0);
  });

  test("gives a model and a workflow with their owner", async () => {
    const owner = { userId: "clarifai", appId: "main" };
    const modelId = "general-image-recognition";
    expect(await main.model({ modelId })).toMatchObject({ id: modelId, ...owner });
    const workflow = await main.workflow({ workflowId: "General" });
    expect(workflow).toMatchObject({ id: "General", ...owner });
  });

  test("says that a workflow is not there", async () => {
    const error = await main.workflow({ workflowId: "Generalx" }).catch((thrown) => thrown);
    expect(error.message).toMatch(/Resource does not exist/);
    expect(error.cause.status.code).toBe(11101);
  });
});

describe("Model", () => {
  const modelUrl = "https://clarifai.com/clarifai/main/models/general-image-recognition";
  const model = () => new Model({ url: modelUrl, authConfig: MAIN });

  test("predicts by URL and by bytes the same", async () => {
    const byUrl = await model().predictByUrl({ url: sampleUrl("beer.jpeg"), inputType: "image" });
    const byBytes = await model().predictByBytes({
      inputBytes: sampleBytes("beer.jpeg"),
      inputType: "image",
    });
    const concepts = ([output]) => output.data.conceptsList.map(({ id, name }) => [id, name]);
    expect(concepts(byUrl).length).toBeGreaterThan(0);
    expect(concepts(byBytes)).toEqual(concepts(byUrl));
  });

  test("embeds text", async () => {
    const clip = new Model({ modelId: "multimodal-clip-embed", authConfig: MAIN });
    const [output] = await clip.predictByBytes({
      inputBytes: Buffer.from("Hi my name is Jim."),
      inputType: "text",
    });
    const [embedding] = output.data.embeddingsList;
    expect(embedding.vectorList).toHaveLength(embedding.numDimensions);
  });

  test("that is not there is an error with its cause", async () => {
    const absent = new Model({ modelId: "nowhere", authConfig: MAIN });
    const error = await absent
      .predictByUrl({ url: sampleUrl("beer.jpeg"), inputType: "image" })
      .catch((thrown) => thrown);
    expect(error.message).toContain("does not exist");
  });
});

describe("Workflow", () => {
  test("General gives concepts, an embedding and a cluster", async () => {
    const workflow = new Workflow({ workflowId: "General", authConfig: MAIN });
    const { resultsList } = await workflow.predictByUrl(sampleUrl("celebrity.jpeg"), "image");
    const [concepts, embedding, cluster] = resultsList[0].outputsList;
    expect(concepts.data.conceptsList.length).toBeGreaterThan(0);
    expect(embedding.data.embeddingsList.length).toBeGreaterThan(0);
    expect(cluster.data.clustersList.length).toBeGreaterThan(0);
  });

  test("that is not there is an error with its cause", async () => {
    const workflow = new Workflow({ workflowId: "nowhere", authConfig: MAIN });
    const error = await workflow
      .predictByUrl(sampleUrl("celebrity.jpeg"), "image")
      .catch((thrown) => thrown);
    expect(error.message).toMatch(/Workflow Predict failed with response Resource does not exist/);
    expect(error.cause.status.code).toBe(11101);
  });
});
