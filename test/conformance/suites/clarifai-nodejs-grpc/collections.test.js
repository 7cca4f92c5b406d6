// Apps, datasets, concepts, models: what inputs and searches stand in.
import { beforeAll, describe, expect, test } from "vitest";
import { eventually, sampleUrl, uniqueId } from "../server.js";
import { call, createApp, ids } from "./client.js";

const image = (name) => ({ image: { url: sampleUrl(name), allow_duplicate_url: true } });

describe("apps", () => {
  test("are made, read, listed and changed", async () => {
    const app = await createApp("General");
    const got = await app.call("GetApp");
    expect(got.app).toMatchObject({ id: app.id, user_id: "me" });
    expect(got.app.default_workflow.id).toBe("General");
    const { apps } = await call("ListApps", { user_app_id: { user_id: "me" }, per_page: 1000 });
    expect(apps.map(({ id }) => id)).toContain(app.id);
    await call("PatchApps", {
      user_app_id: { user_id: "me" },
      action: "overwrite",
      apps: [{ id: app.id, description: "Changed" }],
    });
    expect((await app.call("GetApp")).app.description).toBe("Changed");
  });

  test("keep their inputs apart", async () => {
    const [one, other] = [await createApp(), await createApp()];
    await one.add([{ id: "same", data: image("beer.jpeg") }]);
    await other.add([{ id: "same", data: image("dog2.jpeg") }]);
    const hits = await one.search({ ranks: [{ annotation: { data: image("dog2.jpeg") } }] });
    expect(ids(hits)).toEqual(["same"]);
    expect(hits[0].score).toBeLessThan(0.999);
  });

  test("with base workflow Empty refuse to rank and filter all the same", async () => {
    const app = await createApp("Empty");
    await app.add([{ id: "one", data: image("beer.jpeg") }]);
    const ranks = [{ annotation: { data: image("beer.jpeg") } }];
    const refused = await app.ask("PostInputsSearches", { searches: [{ query: { ranks } }] });
    expect(refused.status.code).not.toBe(10000);
    expect(ids(await app.search({ filters: [{ input: { data: { image: {} } } }] }))).toEqual([
      "one",
    ]);
  });

  test("are gone when deleted, with all they have", async () => {
    const app = await createApp();
    await app.add([{ id: "one", data: image("beer.jpeg") }]);
    await app.call("DeleteApp");
    expect((await app.ask("GetApp")).status.code).toBe(11101);
    expect((await app.ask("ListInputs")).status.code).toBe(11101);
  });
});

describe("datasets", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
    await app.call("PostDatasets", { datasets: [{ id: "first", description: "One" }] });
    await app.add([
      { id: "in", dataset_ids: ["first"], data: image("beer.jpeg") },
      { id: "out", data: image("dog2.jpeg") },
    ]);
  });

  const inputIds = async () => {
    const { dataset_inputs } = await app.call("ListDatasetInputs", { dataset_id: "first" });
    return dataset_inputs.map(({ input }) => input.id);
  };

  test("are read and listed", async () => {
    const { dataset } = await app.call("GetDataset", { dataset_id: "first" });
    expect(dataset).toMatchObject({ id: "first", app_id: app.id, description: "One" });
    const { datasets } = await app.call("ListDatasets");
    expect(datasets.map(({ id }) => id)).toEqual(["first"]);
  });

  test("take inputs and give them back", async () => {
    expect(await inputIds()).toEqual(["in"]);
    await app.call("PostDatasetInputs", {
      dataset_id: "first",
      dataset_inputs: [{ input: { id: "out" } }],
    });
    expect((await inputIds()).toSorted()).toEqual(["in", "out"]);
    await app.call("DeleteDatasetInputs", { dataset_id: "first", input_ids: ["out"] });
    expect(await inputIds()).toEqual(["in"]);
  });

  test("have versions", async () => {
    const { dataset_versions } = await app.call("PostDatasetVersions", {
      dataset_id: "first",
      dataset_versions: [{ id: "v1", description: "As it is" }],
    });
    expect(dataset_versions).toMatchObject([{ id: "v1" }]);
    const listed = await app.call("ListDatasetVersions", { dataset_id: "first" });
    expect(listed.dataset_versions.map(({ id }) => id)).toEqual(["v1"]);
  });

  test("are deleted without their inputs", async () => {
    await app.call("PostDatasets", { datasets: [{ id: "second" }] });
    await app.call("DeleteDatasets", { dataset_ids: ["second"] });
    expect((await app.ask("GetDataset", { dataset_id: "second" })).status.code).toBe(11101);
    expect((await app.call("GetInputCount")).counts.processed).toBe(2);
  });
});

describe("concepts", () => {
  const search = async (app, name) =>
    (await app.call("PostConceptsSearches", { concept_query: { name } })).concepts;

  test("are made, read, renamed and found", async () => {
    const app = await createApp();
    const id = uniqueId("concept");
    await app.call("PostConcepts", { concepts: [{ id, name: `name of ${id} 的な` }] });
    const { concept } = await app.call("GetConcept", { concept_id: id });
    expect(concept).toMatchObject({ id, name: `name of ${id} 的な` });
    const twice = await app.ask("PostConcepts", { concepts: [{ id }] });
    expect(twice.status.code).not.toBe(10000);
    await app.call("PatchConcepts", { action: "overwrite", concepts: [{ id, name: "renamed" }] });
    expect((await search(app, "renam*")).map((one) => one.id)).toEqual([id]);
    const { concepts } = await app.call("ListConcepts");
    expect(concepts.map((one) => one.id)).toContain(id);
  });

  test("of the public vocabulary are found by pattern", async () => {
    const app = await createApp();
    const dogs = await search(app, "dog*");
    // Behind the names that match come concepts that have a synonym which does.
    expect(dogs[0].name).toBe("dog");
    expect(dogs.filter(({ name }) => name.startsWith("dog")).length).toBeGreaterThan(2);
    const names = (await search(app, "*dog")).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["dog", "bulldog", "hot dog"]));
    expect(await search(app, "qqqqqq*")).toEqual([]);
    const query = { name: "蝴蝶*", language: "zh" };
    const { concepts } = await app.call("PostConceptsSearches", { concept_query: query });
    expect(concepts[0]).toMatchObject({ name: "蝴蝶", language: "zh" });
  });

  test("are counted by the inputs that carry them", async () => {
    const app = await createApp();
    await app.add([
      { data: { ...image("beer.jpeg"), concepts: [{ id: "drink", value: 1 }] } },
      { data: { ...image("dog2.jpeg"), concepts: [{ id: "drink", value: 0 }] } },
    ]);
    const { concept_counts } = await app.call("GetConceptCounts");
    const [drink] = concept_counts.filter(({ id }) => id === "drink");
    expect(drink.concept_type_count).toMatchObject({ positive: 1, negative: 1 });
  });
});

describe("models", () => {
  test("public ones are there under their names and their old ids", async () => {
    const user_app_id = { user_id: "clarifai", app_id: "main" };
    for (const model_id of ["general-image-recognition", "aaa03c23b3724a16a56b629203edc62c"]) {
      const { model } = await call("GetModel", { user_app_id, model_id });
      expect(model).toMatchObject({ user_id: "clarifai", app_id: "main" });
      const { outputs } = await call("PostModelOutputs", {
        user_app_id,
        model_id,
        inputs: [{ data: image("dog2.jpeg") }],
        model: { output_info: { output_config: { max_concepts: 3 } } },
      });
      expect(outputs[0].data.concepts).toHaveLength(3);
    }
  });

  test("selected concepts and a least value", async () => {
    const predict = async (output_config) => {
      const { outputs } = await call("PostModelOutputs", {
        user_app_id: { user_id: "clarifai", app_id: "main" },
        model_id: "general-image-recognition",
        inputs: [{ data: image("red-car-1.png") }],
        model: { output_info: { output_config } },
      });
      return outputs[0].data.concepts;
    };
    const chosen = await predict({ select_concepts: [{ name: "dog" }, { name: "racing car" }] });
    expect(chosen.map(({ name }) => name).toSorted()).toEqual(["dog", "racing car"]);
    const sure = await predict({ min_value: 0.2 });
    expect(sure.length).toBeGreaterThan(0);
    expect(sure.every(({ value }) => value >= 0.2)).toBe(true);
  });

  test("of one's own: trained on labels, they predict and rank", async () => {
    const app = await createApp();
    const labelled = (name, id) => ({
      id: name,
      data: { ...image(name), concepts: [{ id, value: 1 }] },
    });
    await app.add([
      labelled("dog.tiff", "beast"),
      labelled("dog2.jpeg", "beast"),
      labelled("red-car-1.png", "machine"),
      labelled("red-truck.png", "machine"),
      { id: "puppy", data: image("puppy.jpeg") },
      { id: "black-car", data: image("black-car.jpg") },
    ]);
    const model_id = "beasts-and-machines";
    const { model } = await app.call("PostModels", {
      models: [
        { id: model_id, output_info: { data: { concepts: [{ id: "beast" }, { id: "machine" }] } } },
      ],
    });
    expect(model).toMatchObject({ id: model_id, model_version: { status: { code: 21102 } } });
    const started = await app.call("PostModelVersions", { model_id });
    const version_id = started.model.model_version.id;
    await eventually(async () => {
      const { model_version } = await app.call("GetModelVersion", { model_id, version_id });
      return model_version.status.code === 21100;
    }, "a trained model");
    const { outputs } = await app.call("PostModelOutputs", {
      model_id,
      inputs: [{ data: image("puppy.jpeg") }, { data: image("black-car.jpg") }],
    });
    expect(outputs.map(({ data }) => data.concepts[0].id)).toEqual(["beast", "machine"]);
    const hits = await app.search({
      ranks: [{ annotation: { data: { concepts: [{ id: "beast", value: 1 }] } } }],
    });
    expect(ids(hits).slice(0, 3).toSorted()).toEqual(["dog.tiff", "dog2.jpeg", "puppy"]);
  });

  test("a workflow gives concepts, an embedding and a cluster", async () => {
    const { results } = await call("PostWorkflowResults", {
      user_app_id: { user_id: "clarifai", app_id: "main" },
      workflow_id: "General",
      inputs: [{ data: image("celebrity.jpeg") }],
      output_config: { max_concepts: 5 },
    });
    const [concepts, embedding, cluster] = results[0].outputs;
    expect(concepts.data.concepts).toHaveLength(5);
    expect(embedding.data.embeddings[0].vector.length).toBeGreaterThan(0);
    expect(cluster.data.clusters.length).toBeGreaterThan(0);
  });
});
