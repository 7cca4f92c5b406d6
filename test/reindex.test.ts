// Indexing all of an app again: from the originals, while searches go on.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openFolderBlobs } from "../src/engine/blobs.ts";
import { thumbnailKey } from "../src/engine/thumbnail.ts";
import { openTestEngine, settled, type TestEngine, temporaryFolder } from "./fixtures/engine.ts";
import { drawEmoji } from "./fixtures/pictures.ts";

const COUNT = 20;

async function open(data = temporaryFolder()): Promise<TestEngine> {
  const opened = await openTestEngine({ data });
  onTestFinished(async () => {
    await opened.engine.close();
    rmSync(data, { recursive: true, force: true });
  });
  return opened;
}

/** Some indexed pictures, whose predictions and thumbnails were lost. */
async function openDamaged(): Promise<TestEngine> {
  const first = await openTestEngine();
  await first.engine.addInputs(first.app, await drawEmoji(COUNT));
  await settled(first);
  await first.engine.close();
  const database = new DatabaseSync(join(first.data, "semblance.db"));
  database.exec("DELETE FROM predictions");
  database.close();
  rmSync(join(first.data, "blobs/thumbnails"), { recursive: true });
  return open(first.data);
}

const inputsOf = ({ engine, app }: TestEngine) => engine.inputs(app, { offset: 0, limit: COUNT });

function like({ engine, app }: TestEngine, inputId: string) {
  const ranks = [{ kind: "input", inputId, weight: 1 }] as const;
  return engine.search(app, { ranks, filters: [], offset: 0, limit: 3 });
}

test("makes thumbnails, vectors and predictions again", async () => {
  const opened = await openDamaged();
  const { engine, app } = opened;
  const before = await inputsOf(opened);
  const id = before[0]!.id;
  const scores = (await like(opened, id)).hits.map((hit) => [hit.input.id, hit.score]);
  const ended = await engine.activities.ended(app, engine.reindex(app).id);
  expect(ended).toMatchObject({ state: "done", done: COUNT, total: COUNT });
  expect(ended.result).toEqual({ renewed: COUNT, kept: 0 });
  expect((await engine.thumbnail(app, id))?.mediaType).toBe("image/jpeg");
  expect((await engine.predictions(before)).size).toBe(COUNT);
  const again = (await like(opened, id)).hits.map((hit) => [hit.input.id, hit.score]);
  expect(again.map(([hit]) => hit)).toEqual(scores.map(([hit]) => hit));
  expect((await like(opened, id)).total).toBe(COUNT);
});

test("keeps what it has where the original is gone or damaged", async () => {
  const opened = await openDamaged();
  const { engine, app, data } = opened;
  const [gone, damaged, fine] = await inputsOf(opened);
  const fileOf = (sha256: string | null) =>
    join(data, "blobs/originals", String(app.row), `${sha256}`.slice(0, 2), `${sha256}`);
  rmSync(fileOf(gone!.sha256));
  writeFileSync(fileOf(damaged!.sha256), "no picture");
  const { result } = await engine.activities.ended(app, engine.reindex(app).id);
  expect(result).toEqual({ renewed: COUNT - 2, kept: 2 });
  for (const input of [gone!, damaged!, fine!]) {
    expect((await like(opened, input.id)).hits[0]?.input.id).toBe(input.id);
  }
});

test("stops when it is cancelled, and searches find everything", async () => {
  const opened = await openDamaged();
  const { engine, app } = opened;
  const { id } = engine.reindex(app);
  expect(engine.reindex(app).id).toBe(id); // one at a time
  expect(await engine.activities.cancel(app, id)).toMatchObject({ state: "cancelled" });
  const [input] = await inputsOf(opened);
  expect((await like(opened, input!.id)).total).toBe(COUNT);
});

test("leaves alone what is deleted meanwhile", async () => {
  const opened = await openDamaged();
  const { engine, app } = opened;
  const inputs = await inputsOf(opened);
  const { id } = engine.reindex(app);
  await engine.deleteInputs(
    app,
    inputs.slice(5).map((input) => input.id),
  );
  expect(await engine.activities.ended(app, id)).toMatchObject({ state: "done" });
  expect((await like(opened, inputs[0]!.id)).total).toBe(5);
  expect((await engine.countInputs(app)).processed).toBe(5);
});

test("leaves no thumbnail of an input that is deleted meanwhile", async () => {
  const data = temporaryFolder();
  const folder = await openFolderBlobs(join(data, "blobs"));
  let isDue = false;
  const opened = await openTestEngine({
    data,
    blobs: {
      ...folder,
      async put(key, bytes, options) {
        if (isDue && key.startsWith("thumbnails/")) {
          isDue = false;
          await opened.engine.deleteAllInputs(opened.app);
        }
        await folder.put(key, bytes, options);
      },
    },
  });
  onTestFinished(async () => {
    await opened.engine.close();
    rmSync(data, { recursive: true, force: true });
  });
  const { engine, app } = opened;
  await engine.addInputs(app, await drawEmoji(1));
  await settled(opened);
  const [input] = await inputsOf(opened);
  isDue = true;
  await engine.activities.ended(app, engine.reindex(app).id);
  expect(await engine.countInputs(app)).toMatchObject({ processed: 0 });
  expect(await folder.get(thumbnailKey(app.row, input?.row ?? 0))).toBeUndefined();
});
