// Which annotations are listed: by worker, by status, page by page; and what a patch leaves of them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;

beforeAll(async () => {
  server = await startReal();
  const pictures = await drawEmoji(2);
  const inputs = pictures.map(({ bytes }, i) => ({
    id: `input-${i}`,
    data: { image: { base64: bytes.toString("base64") } },
  }));
  await api("inputs", "POST", { inputs });
  await settled(server);
  await annotate(
    { id: "by-user" },
    { id: "by-alias", user_id: "bob" },
    { id: "by-clarifai", user_id: "clarifai" },
    { id: "by-model", model_version_id: "m1", user_id: "clarifai" },
    {
      id: "by-workflow",
      worker: { workflow: { version: { id: "w1" } } },
      user_id: "clarifai",
      status: { code: 24151 },
    },
    { id: "awaiting", status: { code: 24152 }, user_id: "clarifai" },
  );
});
afterAll(() => server.close());

const api = (path: string, method = "GET", body?: unknown) =>
  call(`${server.url}/v2/users/alice/apps/photos/${path}`, method, body);

const annotate = (...annotations: readonly object[]) =>
  api("annotations", "POST", {
    annotations: annotations.map((annotation) => ({ input_id: "input-0", ...annotation })),
  });

type Named = { readonly id: string; readonly input_level?: boolean };

// Without those of whole inputs, whose ids are generated.
const list = async (query: string) => {
  const { json } = await api(`annotations?${query}`);
  expect(json.status.code).toBe(10000);
  return (json.annotations ?? [])
    .filter((annotation: Named) => !annotation.input_level)
    .map(({ id }: Named) => id);
};

const search = async (annotation: object) => {
  const searches = [{ query: { filters: [{ annotation }] } }];
  const { json } = await api("annotations/searches", "POST", { searches });
  return json.hits
    .filter((hit: { annotation: Named }) => !hit.annotation.input_level)
    .map((hit: { annotation: Named }) => hit.annotation.id)
    .sort();
};

test("lists and finds what the owner said under each of their names", async () => {
  const { json } = await api("inputs/input-0/annotations/by-alias");
  expect(json.annotation.user_id).toBe("alice");
  const own = ["by-alias", "by-user"];
  for (const name of ["alice", "bob", "me"]) {
    expect((await list(`user_ids=${name}`)).sort()).toEqual(own);
    expect(await search({ user_id: name })).toEqual(own);
    expect(await search({ worker: { user: { id: name } } })).toEqual(own);
  }
  expect(await search({ user_id: "clarifai", status: { code: 24152 } })).toEqual(["awaiting"]);
});

test("keeps the version of the model, wherever it stands", async () => {
  const { json } = await api("inputs/input-0/annotations/by-model");
  expect(json.annotation).toMatchObject({
    model_version_id: "m1",
    worker: { model: { model_version: { id: "m1" } } },
  });
  expect(await search({ model_version_id: "m1" })).toEqual(["by-model"]);
});

test("lists what any of the named workers said", async () => {
  expect(await list("model_version_ids=m1")).toEqual(["by-model"]);
  expect(await list("workflow_version_ids=w1")).toEqual(["by-workflow"]);
  expect(await list("model_version_ids=none")).toEqual([]);
  expect(await list("model_version_ids=m1&workflow_version_ids=w1")).toEqual([
    "by-workflow",
    "by-model",
  ]);
  expect((await list("user_ids=me&model_version_ids=m1")).sort()).toEqual([
    "by-alias",
    "by-model",
    "by-user",
  ]);
});

test("lists by one status or several", async () => {
  expect(await list("statuses.code=24151")).toEqual(["by-workflow"]);
  expect(await list("statuses.code=24151&statuses.code=24152")).toEqual([
    "awaiting",
    "by-workflow",
  ]);
});

test("pages hold the predicted annotations behind the others, each once", async () => {
  const ids: string[] = [];
  const query = "input_ids=input-0&input_ids=input-1&list_all_annotations=true&per_page=3";
  for (let page = 1; page <= 5; page++) {
    const { json } = await api(`annotations?${query}&page=${page}`);
    const annotations: Named[] = json.annotations ?? [];
    expect(annotations.length).toBeLessThanOrEqual(3);
    ids.push(...annotations.map(({ id }) => id));
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(6 + 2 + 2); // given, of whole inputs, predicted
  expect(ids.slice(-2)).toEqual([
    "input-0-general-image-recognition",
    "input-1-general-image-recognition",
  ]);
});

test("lists no predicted annotations where another worker, task or status is asked for", async () => {
  const all = "annotations?input_ids=input-1&list_all_annotations=true";
  const count = async (query: string) => ((await api(all + query)).json.annotations ?? []).length;
  expect(await count("")).toBe(2);
  expect(await count("&statuses.code=24150")).toBe(2);
  expect(await count("&user_ids=me")).toBe(1);
  expect(await count("&task_id=t")).toBe(0);
  expect(await count("&statuses.code=24152")).toBe(0);
});

test("deletes an annotation of which a patch leaves nothing, if asked to", async () => {
  const data = { concepts: [{ id: "x" }], metadata: { a: 1 } };
  await annotate({ id: "emptied", data });
  const remove = (data: object, delete_if_empty_data: boolean) =>
    api("annotations", "PATCH", {
      action: "remove",
      delete_if_empty_data,
      annotations: [{ id: "emptied", input_id: "input-0", data }],
    });
  const code = async () => (await api("inputs/input-0/annotations/emptied")).json.status.code;
  await remove({ concepts: [{ id: "x" }] }, true);
  expect(await code()).toBe(10000); // its metadata are left
  await remove({ metadata: { a: 1 } }, false);
  expect(await code()).toBe(10000);
  expect((await remove({}, true)).json.status.code).toBe(10000);
  expect(await code()).toBe(11101);
});

test("leaves the annotation of a whole input, however empty", async () => {
  const { json } = await api("annotations?input_ids=input-1");
  const [{ id }] = json.annotations;
  const annotations = [{ id, input_id: "input-1", data: { concepts: [{ id: "x" }] } }];
  const patch = { action: "remove", delete_if_empty_data: true, annotations };
  expect((await api("annotations", "PATCH", patch)).json.status.code).toBe(10000);
  expect((await api(`inputs/input-1/annotations/${id}`)).json.status.code).toBe(10000);
});

test("refuses two regions of one id, and leaves the other annotations alone", async () => {
  const regions = [{ id: "r" }, { id: "r" }];
  const { json } = await annotate({ id: "double", data: { regions } }, { id: "fine" });
  expect(json.status.code).toBe(10010);
  expect(json.annotations[0]).toMatchObject({ id: "double", status: { code: 11102 } });
  expect(json.annotations[0].status.description).toContain("annotations[0].data.regions");
  expect(json.annotations[1]).toMatchObject({ id: "fine", status: { code: 24150 } });
});
