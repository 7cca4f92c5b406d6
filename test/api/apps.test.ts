import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
});
afterAll(() => server.close());

const send = (method: string, path: string, body?: unknown) =>
  call(`${server.url}/v2${path}`, method, body);
const post = (apps: object[], user = "me") => send("POST", `/users/${user}/apps`, { apps });
const idsOf = (json: { apps: { id: string }[] }) => json.apps.map(({ id }) => id);

test("gives back what was posted, under the name that the caller used", async () => {
  const app = {
    id: "posted",
    name: "My app",
    description: "d",
    notes: "n",
    default_language: "ja",
    metadata: { a: { b: [1, "x", null] } },
    sample_ms: 500,
    legal_consent_status: 2,
    data_tier_id: "1",
    is_template: true,
    image: { url: "https://example.com/a.png" },
    visibility: { gettable: 50 },
    embeddings_storage: 2,
  };
  const { status, json } = await post([app], "alice");
  expect(status).toBe(200);
  expect(json.status.code).toBe(10000);
  expect(json.apps).toHaveLength(1);
  expect(json.apps[0]).toMatchObject({ ...app, user_id: "alice" });
  expect(Date.now() - Date.parse(json.apps[0].created_at)).toBeLessThan(60_000);
  const { json: got } = await send("GET", "/users/bob/apps/posted");
  expect(got.app).toEqual({ ...json.apps[0], user_id: "bob" });
});

test("fills in what was not said", async () => {
  const { json } = await post([{ id: "bare" }]);
  expect(json.apps[0]).toMatchObject({
    name: "bare",
    default_language: "en",
    visibility: { gettable: 10 },
    default_workflow_id: "Universal",
    default_workflow: { id: "Universal", app_id: "main", user_id: "clarifai" },
  });
  const { json: unnamed } = await post([{ name: "No id" }]);
  expect(unnamed.apps[0].id).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  [{ default_workflow_id: "General" }, "General"],
  [{ default_workflow: { id: "Empty" }, default_workflow_id: "General" }, "Empty"],
  [{ default_workflow: { id: "Food", app_id: "main", user_id: "clarifai" } }, "Food"],
])("takes %j as base workflow", async (given, expected) => {
  const { json } = await post([{ id: `workflow-${expected}`, ...given }]);
  expect(json.apps[0].default_workflow.id).toBe(expected);
  expect(json.apps[0].default_workflow_id).toBe(expected);
});

test("takes no base workflow of another app", async () => {
  const workflow = { id: "mine", app_id: "posted", user_id: "me" };
  const { status, json } = await post([{ id: "foreign", default_workflow: workflow }]);
  expect(status).toBe(400);
  expect(json.status.description).toContain("me/posted/mine");
});

test("refuses an id that exists, with the whole batch", async () => {
  await post([{ id: "twice" }]);
  const { status, json } = await post([{ id: "once" }, { id: "twice" }]);
  expect(status).toBe(400);
  expect(json.status).toMatchObject({
    code: 40010,
    description: "Expected a new id for the app but received twice, which exists.",
  });
  expect((await send("GET", "/users/me/apps/once")).status).toBe(404);
});

test("refuses no apps, and ids that are none", async () => {
  expect((await post([])).json.status.description).toContain("apps");
  const { status, json } = await post([{ id: "a/b" }]);
  expect(status).toBe(400);
  expect(json.status.code).toBe(11102);
});

test("lists by name, words, order and page", async () => {
  await post([{ id: "zoo-2", description: "animals of Asia" }]);
  await post([{ id: "zoo-1", name: "Alpha", notes: "animals" }]);
  await post([{ id: "zoo-3", visibility: { gettable: 50 } }]);
  const list = async (query: string) => idsOf((await send("GET", `/apps?${query}`)).json);
  expect(await list("name=zoo*")).toEqual(["zoo-3", "zoo-1", "zoo-2"]);
  expect(await list("name=zoo*&sort_ascending=true")).toEqual(["zoo-2", "zoo-1", "zoo-3"]);
  expect(await list("name=zoo*&sort_by_id=true&sort_ascending=true")).toEqual([
    "zoo-1",
    "zoo-2",
    "zoo-3",
  ]);
  expect(await list("id=ZOO*&sort_by_name=true&sort_ascending=true")).toEqual([
    "zoo-1",
    "zoo-2",
    "zoo-3",
  ]);
  expect(await list("name=alpha")).toEqual(["zoo-1"]);
  expect(await list("name=z.*")).toEqual([]);
  expect(await list("name=*oo*1")).toEqual(["zoo-1"]);
  expect(await list("name=zoo-1*1")).toEqual([]);
  expect(await list("search=animals%20ASIA")).toEqual(["zoo-2"]);
  expect(await list("query=animals")).toEqual(["zoo-1", "zoo-2"]);
  expect(await list("name=zoo*&page=2&per_page=2")).toEqual(["zoo-2"]);
  expect(await list("name=zoo*&page=3&per_page=2")).toEqual([]);
  expect(await list("name=zoo*&visibility.gettable=50")).toEqual(["zoo-3"]);
  expect(await list("name=zoo*&template_only=true")).toEqual([]);
  expect(await list("starred_only=true")).toEqual([]);
  expect(await list("search=photos")).toEqual(["photos"]);
});

test("searches by name", async () => {
  await post([{ id: "needle-1" }, { id: "other", name: "Needle 2" }]);
  const { json } = await send("POST", "/users/me/apps/searches", {
    app_query: { name: "needle*" },
    pagination: { page: 1, per_page: 10 },
  });
  expect(idsOf(json).sort()).toEqual(["needle-1", "other"]);
});

test("patches one app or several", async () => {
  await post([{ id: "p1", description: "old", notes: "stays", metadata: { a: 1 } }, { id: "p2" }]);
  const { json } = await send("PATCH", "/users/carol/apps/p1", {
    app: {
      description: "new",
      metadata: { b: 2 },
      default_workflow: { id: "General", app_id: "main", user_id: "clarifai" },
      is_template: true,
    },
    action: "overwrite",
    reindex: true,
  });
  expect(json.app).toMatchObject({
    id: "p1",
    user_id: "carol",
    description: "new",
    notes: "stays",
    metadata: { b: 2 },
    default_workflow_id: "General",
    is_template: true,
  });
  const { json: both } = await send("PATCH", "/users/me/apps", {
    apps: [
      { id: "p1", name: "P1" },
      { id: "p2", name: "P2" },
    ],
    action: "overwrite",
  });
  expect(both.apps.map(({ name }: { name: string }) => name)).toEqual(["P1", "P2"]);
  const { json: details } = await send("PATCH", "/users/me/apps/p2/partial", {
    apps: [{ id: "p2", notes: "noted" }],
    action: "overwrite",
  });
  expect(details.apps[0]).toMatchObject({ name: "P2", notes: "noted" });
});

test("patches none of a batch if one does not exist", async () => {
  await post([{ id: "whole", name: "before" }]);
  const apps = [
    { id: "whole", name: "after" },
    { id: "nowhere", name: "x" },
  ];
  const { status, json } = await send("PATCH", "/users/me/apps", { apps, action: "overwrite" });
  expect(status).toBe(404);
  expect(json.status).toMatchObject({
    code: 11101,
    description: "Resource does not exist",
    details: "Expected an app that exists but received id nowhere.",
  });
  expect((await send("GET", "/users/me/apps/whole")).json.app.name).toBe("before");
});

test.each([
  [{ op: "merge" }, { a: 1, n: { x: 2, y: 3 }, b: 4 }],
  [
    { op: "merge", merge_conflict_resolution: "do_nothing" },
    { a: 1, n: { x: 1, y: 3 }, b: 4 },
  ],
  [
    { op: "merge", merge_conflict_resolution: "merge_by_id" },
    { a: 1, n: { x: 2, y: 3 }, b: 4 },
  ],
  [{ op: "overwrite" }, { n: { x: 2, y: 3 }, b: 4 }],
  [{ op: "delete" }, {}],
])("patches metadata by %j", async (metadata_action, expected) => {
  const id = `metadata-${JSON.stringify(metadata_action).length}`;
  await post([{ id, metadata: { a: 1, n: { x: 1 } } }]);
  const app = { metadata: { n: { x: 2, y: 3 }, b: 4 }, notes: "too" };
  const { json } = await send("PATCH", `/users/me/apps/${id}`, {
    app,
    action: "overwrite",
    metadata_action,
  });
  expect(json.app.metadata ?? {}).toEqual(expected);
  expect(json.app.notes).toBe("too");
});

test("refuses patches that it does not know", async () => {
  await post([{ id: "refusing" }]);
  const patch = async (body: object) => {
    const { status, json } = await send("PATCH", "/users/me/apps/refusing", { app: {}, ...body });
    return [status, json.status.description];
  };
  expect(await patch({ action: "append" })).toEqual([400, expect.stringContaining("append")]);
  expect(await patch({ metadata_action: { op: "merge", path: "a" } })).toEqual([
    501,
    expect.stringContaining("path"),
  ]);
  expect(await patch({ metadata_action: { op: "shake" } })).toEqual([
    501,
    expect.stringContaining("shake"),
  ]);
  const metadata_action = { op: "merge", merge_conflict_resolution: "append" };
  expect(await patch({ metadata_action })).toEqual([501, expect.stringContaining("append")]);
  expect(await patch({ app: { id: "another" } })).toEqual([
    400,
    expect.stringContaining("PatchAppsIds"),
  ]);
});

test("removes the image if it is named", async () => {
  await post([{ id: "pictured", image: { url: "https://example.com/a.png" } }]);
  const remove = (url: string) =>
    send("PATCH", "/users/me/apps/pictured", { app: { image: { url } }, action: "remove" });
  const { status, json } = await remove("https://example.com/b.png");
  expect(status).toBe(400);
  expect(json.status.description).toContain("a.png");
  const { json: removed } = await remove("https://example.com/a.png");
  expect(removed.app.id).toBe("pictured");
  expect(removed.app).not.toHaveProperty("image");
});

test("renames an app, but not to an id that exists, and not the default one", async () => {
  await post([{ id: "old-name", notes: "kept" }]);
  const rename = (id: string, new_id: string) =>
    send("PATCH", "/users/me/apps/ids", { ids: [{ id, new_id }], action: "overwrite" });
  const { json } = await rename("old-name", "new-name");
  expect(json.apps[0]).toMatchObject({ id: "new-name", notes: "kept" });
  expect((await send("GET", "/users/me/apps/old-name")).status).toBe(404);
  expect((await rename("new-name", "photos")).json.status.code).toBe(40010);
  expect((await rename("photos", "pictures")).status).toBe(400);
  expect((await send("GET", "/app")).json.app.id).toBe("photos");
});

test("renames all or none", async () => {
  await post([{ id: "first" }, { id: "second" }]);
  const ids = [
    { id: "first", new_id: "same" },
    { id: "second", new_id: "same" },
  ];
  const { json } = await send("PATCH", "/users/me/apps/ids", { ids, action: "overwrite" });
  expect(json.status.code).toBe(40010);
  expect((await send("GET", "/users/me/apps/same")).status).toBe(404);
  expect((await send("GET", "/users/me/apps/first")).status).toBe(200);
});

test("deletes an app, but not the default one", async () => {
  await post([{ id: "short-lived" }]);
  expect((await send("DELETE", "/users/me/apps/short-lived")).json.status.code).toBe(10000);
  const { status, json } = await send("GET", "/users/me/apps/short-lived");
  expect(status).toBe(404);
  expect(json.status.code).toBe(11101);
  expect((await send("DELETE", "/users/me/apps/short-lived")).status).toBe(404);
  const refused = await send("DELETE", "/users/me/apps/photos");
  expect(refused.status).toBe(400);
  expect(refused.json.status.description).toContain("Its inputs can be deleted");
  expect((await post([{ id: "short-lived" }])).json.status.code).toBe(10000);
});

test("counts what an app holds", async () => {
  await post([{ id: "counted" }]);
  await send("POST", "/users/me/apps/counted/datasets", { datasets: [{ id: "d" }] });
  const expected = { datasets: "1" };
  const { json } = await send("GET", "/users/me/apps/counted/resource_counts");
  expect(json).toMatchObject({ ...expected, status: { code: 10000 } });
  const { json: got } = await send("GET", "/users/me/apps/counted?additional_fields=counts");
  expect(got.app.extra_info.counts).toMatchObject(expected);
});

test("shows clarifai/main, and lets nobody change it", async () => {
  const { json } = await send("GET", "/users/clarifai/apps/main");
  expect(json.app).toMatchObject({ id: "main", user_id: "clarifai" });
  expect((await send("GET", "/users/clarifai/apps/other")).status).toBe(404);
  expect((await send("DELETE", "/users/clarifai/apps/other")).json.status.code).toBe(11101);
  expect((await send("DELETE", "/users/clarifai/apps/main")).json.status.code).toBe(11007);
  expect(idsOf((await send("GET", "/users/clarifai/apps")).json)).toEqual(["main"]);
  expect(idsOf((await send("GET", "/users/clarifai/apps?page=2")).json)).toEqual([]);
  expect((await post([{ id: "x" }], "clarifai")).status).toBe(403);
  expect((await send("DELETE", "/users/clarifai/apps/main")).status).toBe(403);
});

test("knows the owner under every name, and Clarifai", async () => {
  const { json } = await send("GET", "/users/dave");
  expect(json.user).toMatchObject({ id: "dave" });
  expect(json.user.created_at).toBeDefined();
  expect((await send("GET", "/users/clarifai")).json.user.id).toBe("clarifai");
});
