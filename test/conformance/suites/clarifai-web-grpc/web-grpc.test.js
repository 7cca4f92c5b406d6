import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { beforeAll, describe, expect, test } from "vitest";
import { key, sampleBytes, sampleUrl } from "../server.js";
import { AUTHORIZATION, ask, createApp, ids, make, requests, resources } from "./client.js";

const {
  Annotation,
  BoundingBox,
  Concept,
  Data,
  Embedding,
  Filter,
  Geo,
  GeoLimit,
  GeoPoint,
  Image,
} = resources;
const { Input, Rank, Region, RegionInfo, Search, Text } = resources;

const concept = (id, value = 1) => make(Concept, { id, value });
const imageData = (fields, more = {}) => make(Data, { image: make(Image, fields), ...more });
const place = (longitude, latitude) => make(GeoPoint, { longitude, latitude });
const rank = (data) => make(Rank, { annotation: make(Annotation, { data }) });
const filter = (data) => make(Filter, { annotation: make(Annotation, { data }) });
const base64 = (name) => sampleBytes(name).toString("base64");

describe("clarifai-web-grpc", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
    await app.call("postDatasets", requests.PostDatasetsRequest, {
      datasetsList: [make(resources.Dataset, { id: "street" })],
    });
    await app.add([
      make(Input, {
        id: "dog",
        data: imageData(
          { url: sampleUrl("dog.tiff") },
          {
            conceptsList: [concept("animal")],
            metadata: struct.Struct.fromJavaScript({
              breed: "Saint Bernard",
              care: { vet: "Ann" },
            }),
            geo: make(Geo, { geoPoint: place(-30, 40) }),
          },
        ),
      }),
      make(Input, {
        id: "red-car",
        datasetIdsList: ["street"],
        data: imageData(
          { base64: base64("red-car-1.png") },
          { conceptsList: [concept("vehicle"), concept("animal", 0)] },
        ),
      }),
      make(Input, {
        id: "train",
        datasetIdsList: ["street"],
        data: imageData(
          { url: sampleUrl("metro-north.jpg") },
          { conceptsList: [concept("vehicle")] },
        ),
      }),
    ]);
  });

  test.each([
    ["an image's URL", () => imageData({ url: sampleUrl("red-car-1.png") })],
    ["an image's bytes", () => imageData({ base64: base64("red-car-1.png") })],
    ["a caption", () => make(Data, { text: make(Text, { raw: "a red racing car on a road" }) })],
    [
      "a public concept",
      () => make(Data, { conceptsList: [make(Concept, { name: "racing car", value: 1 })] }),
    ],
  ])("ranks by %s", async (_, data) => {
    const hits = await app.search([rank(data())]);
    expect(hits).toHaveLength(3);
    expect(hits[0].input.id).toBe("red-car");
    expect(hits[0].score).toBeGreaterThan(hits[1].score);
  });

  test("ranks by an input's id", async () => {
    const hits = await app.search([
      make(Rank, { annotation: make(Annotation, { inputId: "train" }) }),
    ]);
    expect(hits[0]).toMatchObject({ input: { id: "train" } });
    expect(hits[0].score).toBeCloseTo(1, 3);
  });

  test("ranks by a vector", async () => {
    const { outputsList } = await app.call("postModelOutputs", requests.PostModelOutputsRequest, {
      userAppId: make(resources.UserAppIDSet, { userId: "clarifai", appId: "main" }),
      modelId: "multimodal-clip-embed",
      inputsList: [make(Input, { data: imageData({ url: sampleUrl("dog.tiff") }) })],
    });
    const [{ vectorList, numDimensions }] = outputsList[0].data.embeddingsList;
    const embedding = make(Embedding, { vectorList, numDimensions });
    const hits = await app.search([rank(make(Data, { embeddingsList: [embedding] }))]);
    expect(hits[0].input.id).toBe("dog");
  });

  test("ranks by what it is not", async () => {
    const like = rank(imageData({ url: sampleUrl("red-car-1.png") }));
    like.setNegate(true);
    expect(ids(await app.search([like])).at(-1)).toBe("red-car");
  });

  const geo = (type, value) =>
    make(Geo, { geoPoint: place(-29, 40), geoLimit: make(GeoLimit, { type, value }) });

  test.each([
    [
      "a concept",
      () => [filter(make(Data, { conceptsList: [concept("vehicle")] }))],
      ["red-car", "train"],
    ],
    [
      "a concept that is absent",
      () => [filter(make(Data, { conceptsList: [concept("animal", 0)] }))],
      ["red-car", "train"],
    ],
    [
      "metadata inside",
      () => [
        filter(make(Data, { metadata: struct.Struct.fromJavaScript({ care: { vet: "Ann" } }) })),
      ],
      ["dog"],
    ],
    ["100 km around", () => [filter(make(Data, { geo: geo("withinKilometers", 100) }))], ["dog"]],
    ["50 miles around", () => [filter(make(Data, { geo: geo("withinMiles", 50) }))], []],
    [
      "a dataset",
      () => [make(Filter, { input: make(Input, { datasetIdsList: ["street"] }) })],
      ["red-car", "train"],
    ],
    [
      "type",
      () => [make(Filter, { input: make(Input, { data: make(Data, { image: new Image() }) }) })],
      ["dog", "red-car", "train"],
    ],
    ["nothing", () => [filter(new Data())], ["dog", "red-car", "train"]],
  ])("filters by %s", async (_, filters, expected) => {
    const hits = await app.search([], filters());
    expect(ids(hits).toSorted()).toEqual(expected);
    expect(hits.every(({ score }) => score === 1)).toBe(true);
  });

  test("filters, then ranks, above a least score", async () => {
    const filters = [filter(make(Data, { conceptsList: [concept("vehicle")] }))];
    const ranks = [rank(imageData({ url: sampleUrl("red-car-1.png") }))];
    expect(ids(await app.search(ranks, filters))).toEqual(["red-car", "train"]);
    expect(ids(await app.search(ranks, filters, { minValue: 0.999 }))).toEqual(["red-car"]);
  });

  test("finds annotations", async () => {
    const box = make(BoundingBox, { topRow: 0, leftCol: 0, bottomRow: 0.5, rightCol: 1 });
    const region = make(Region, {
      regionInfo: make(RegionInfo, { boundingBox: box }),
      data: make(Data, { conceptsList: [concept("window")] }),
    });
    await app.call("postAnnotations", requests.PostAnnotationsRequest, {
      annotationsList: [
        make(Annotation, { inputId: "train", data: make(Data, { regionsList: [region] }) }),
      ],
    });
    const query = make(resources.Query, {
      filtersList: [filter(make(Data, { conceptsList: [concept("window")] }))],
    });
    const { hitsList } = await app.call(
      "postAnnotationsSearches",
      requests.PostAnnotationsSearchesRequest,
      { searchesList: [make(Search, { query })] },
    );
    expect(ids(hitsList)).toEqual(["train"]);
    expect(hitsList[0].annotation.data.regionsList).toHaveLength(1);
  });

  test("finds concepts by pattern", async () => {
    const { conceptsList } = await app.call(
      "postConceptsSearches",
      requests.PostConceptsSearchesRequest,
      { conceptQuery: make(resources.ConceptQuery, { name: "dog*" }) },
    );
    expect(conceptsList[0].name).toBe("dog");
    expect(conceptsList.filter(({ name }) => name.startsWith("dog")).length).toBeGreaterThan(2);
  });

  test("saves a search and runs it", async () => {
    const query = make(resources.Query, {
      filtersList: [filter(make(Data, { conceptsList: [concept("vehicle")] }))],
    });
    await app.call("postInputsSearches", requests.PostInputsSearchesRequest, {
      searchesList: [make(Search, { id: "saved", save: true, query })],
    });
    const { hitsList } = await app.call("postSearchesByID", requests.PostSearchesByIDRequest, {
      id: "saved",
    });
    expect(ids(hitsList).toSorted()).toEqual(["red-car", "train"]);
  });

  test("patches and deletes inputs", async () => {
    await app.add([make(Input, { id: "brief", data: imageData({ url: sampleUrl("beer.jpeg") }) })]);
    const { inputsList } = await app.call("patchInputs", requests.PatchInputsRequest, {
      action: "merge",
      inputsList: [
        make(Input, { id: "brief", data: make(Data, { conceptsList: [concept("cold")] }) }),
      ],
    });
    expect(inputsList[0].data.conceptsList).toMatchObject([{ id: "cold", name: "cold", value: 1 }]);
    await app.call("deleteInput", requests.DeleteInputRequest, { inputId: "brief" });
    const gone = await ask(
      "getInput",
      make(requests.GetInputRequest, { userAppId: app.userAppId(), inputId: "brief" }),
    );
    expect(gone.status.code).toBe(11101);
  });

  test("takes the key as its README gives it", async () => {
    const headers = { "X-Clarifai-Session-Token": key };
    const { status } = await ask("listApps", new requests.ListAppsRequest(), headers);
    expect(status.code).toBe(10000);
  });

  test("refuses a wrong key: 11008", async () => {
    const headers = { ...AUTHORIZATION, authorization: "Key another-key-of-24-letters" };
    const { status } = await ask("listApps", new requests.ListAppsRequest(), headers);
    expect(status.code).toBe(11008);
  });
});
