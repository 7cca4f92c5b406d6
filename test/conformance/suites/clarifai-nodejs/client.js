// clarifai-nodejs pointed at the server, and an app for the tests of one file.
import { App, Dataset, Input, Search, User } from "clarifai-nodejs";
import { afterAll, vi } from "vitest";
import { eventually, key, uniqueId, url } from "../server.js";

// The SDK tells of everything that it does.
vi.spyOn(console, "info").mockImplementation(() => undefined);

/** What every class of the SDK takes; `base` is all that differs from the cloud. */
export function authConfig(appId, userId = "someone") {
  return { pat: key, userId, appId, base: url };
}

export const user = new User(authConfig("main"));

/** A new app, deleted after the file's tests. */
export async function createApp(baseWorkflow = "Universal") {
  const { id } = await user.createApp({ appId: uniqueId("app"), baseWorkflow });
  afterAll(() => user.deleteApp({ appId: id }));
  const config = authConfig(id);
  const pages = (query, options) => new Search({ authConfig: config, ...options }).query(query);
  const search = (query, options) => everyHit(pages(query, options));
  return {
    id,
    authConfig: config,
    app: new App({ authConfig: config }),
    input: new Input({ authConfig: config }),
    dataset: (datasetId) => new Dataset({ authConfig: config, datasetId }),
    /** Hits of every page that the SDK asks for: `topK` is only how many it asks for at once. */
    search,
    /** Hits of the first page. */
    best: async (query, options) => (await pages(query, options).next()).value.hitsList,
    /** Ids of the inputs that are searchable, once there are `count`. */
    searchable: (count) =>
      eventually(async () => {
        const hits = await search({ filters: [{ inputStatusCode: 30000 }] }, { topK: 1000 });
        return hits.length === count && hits.map((hit) => hit.input.id).toSorted();
      }, `${count} searchable inputs`),
  };
}

async function everyHit(pages) {
  const hits = [];
  for await (const { hitsList } of pages) hits.push(...hitsList);
  return hits;
}

/** Everything that a generator of lists gives. */
export async function everything(lists) {
  const all = [];
  for await (const list of lists) all.push(...list);
  return all;
}

export function ids(hits) {
  return hits.map((hit) => hit.input.id);
}
