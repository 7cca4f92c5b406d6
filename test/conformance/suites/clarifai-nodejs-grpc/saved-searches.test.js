import { beforeAll, describe, expect, test } from "vitest";
import { createApp, ids } from "./client.js";
import { fill } from "./street.js";

describe("saved searches", () => {
  const query = {
    filters: [{ annotation: { data: { concepts: [{ id: "vehicle", value: 1 }] } } }],
  };
  const vehicles = ["red-car", "train", "turned-car"];
  let app;
  beforeAll(async () => {
    app = await createApp();
    await fill(app);
    await app.call("PostInputsSearches", { searches: [{ id: "vehicles", save: true, query }] });
  });

  test("saving gives no hits", async () => {
    const { hits } = await app.call("PostInputsSearches", {
      searches: [{ id: "again", name: "Again", save: true, query }],
    });
    expect(hits).toEqual([]);
  });

  test("run by their id", async () => {
    const { hits } = await app.call("PostSearchesByID", { id: "vehicles" });
    expect(ids(hits).toSorted()).toEqual(vehicles);
  });

  test("that are to be as of a time to come find what is there", async () => {
    const as_of = { seconds: Math.floor(Date.now() / 1000) + 5 };
    await app.call("PostSearches", { searches: [{ id: "later", save: true, as_of, query }] });
    const { hits } = await app.call("PostSearchesByID", { id: "later" });
    expect(ids(hits).toSorted()).toEqual(vehicles);
    expect(hits.every(({ score }) => score === 1)).toBe(true);
  });

  test("are read, listed, overwritten and deleted", async () => {
    await app.call("PostInputsSearches", { searches: [{ id: "mine", save: true, query }] });
    const { search } = await app.call("GetSearch", { id: "mine" });
    expect(search.query.filters[0].annotation.data.concepts[0].id).toBe("vehicle");
    const { searches } = await app.call("ListSearches");
    expect(searches.map(({ id }) => id)).toContain("mine");
    await app.call("PatchSearches", {
      action: "overwrite",
      searches: [{ id: "mine", query: { filters: [{ annotation: { input_id: "dog" } }] } }],
    });
    expect(ids((await app.call("PostSearchesByID", { id: "mine" })).hits)).toEqual(["dog"]);
    await app.call("DeleteSearch", { id: "mine" });
    expect((await app.ask("PostSearchesByID", { id: "mine" })).status.code).toBe(11101);
  });

  test("of the old kind, with ands", async () => {
    await app.call("PostSearches", {
      searches: [
        {
          id: "old",
          save: true,
          query: { ands: [{ input: { data: { concepts: [{ id: "my-dog", value: 1 }] } } }] },
        },
      ],
    });
    const { hits } = await app.call("PostSearchesByID", { id: "old" });
    expect(ids(hits)).toEqual(["dog"]);
  });
});
