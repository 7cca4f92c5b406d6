import { beforeAll, describe, expect, test } from "vitest";
import { sampleUrl } from "../server.js";
import { createApp, ids } from "./client.js";
import { ALL, fill } from "./street.js";

describe("paging", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
    await fill(app);
  });

  const QUERIES = [
    ["of a filter", { filters: [{ input: { data: { image: {} } } }] }],
    ["of a rank", { ranks: [{ annotation: { data: { image: { url: sampleUrl("dog.tiff") } } } }] }],
  ];

  test.each(QUERIES)("pages %s join into the whole", async (_, query) => {
    const whole = ids(await app.search(query));
    const pages = [];
    for (let page = 1; page <= 4; page++) {
      pages.push(ids(await app.search(query, { pagination: { page, per_page: 2 } })));
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 0]);
    expect(pages.flat()).toEqual(whole);
  });

  test.each(QUERIES)("without pagination comes the first page %s", async (_, query) => {
    expect(await app.search(query, { pagination: undefined })).toHaveLength(ALL.length);
    const zeros = { pagination: { page: 0, per_page: 0 } };
    expect(await app.search(query, zeros)).toHaveLength(ALL.length);
  });

  test("hits are always there, even if none", async () => {
    const response = await app.call("PostInputsSearches", {
      searches: [{ query: { filters: [{ annotation: { input_id: "nowhere" } }] } }],
    });
    expect(response.hits).toEqual([]);
    expect(response.id).not.toBe("");
  });

  test("over the limit: the words that clients look for", async () => {
    const { status, hits } = await app.ask("PostInputsSearches", {
      searches: [{ query: { filters: [{ annotation: {} }] } }],
      pagination: { page: 1_000_000, per_page: 1000 },
    });
    expect(status.code).not.toBe(10000);
    expect(status.details).toContain("page * perPage cannot exceed");
    expect(hits).toEqual([]);
  });

  test("only_count: the number of matches", async () => {
    const { hit_counts, hits } = await app.call("PostInputsSearches", {
      searches: [{ query: { filters: [{ input: { dataset_ids: ["animals"] } }] } }],
      only_count: true,
    });
    expect(hits).toEqual([]);
    expect(Number(hit_counts[0].estimated_total)).toBe(2);
  });
});
