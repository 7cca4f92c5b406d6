// Text in pictures: read after they have become searchable, found by captions and by words in quotes, read again when asked for.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { captionSearch } from "../src/caption-search.ts";
import type { Hit } from "../src/engine/query.ts";
import { openTestEngine, settled, type TestEngine, temporaryFolder } from "./fixtures/engine.ts";
import { drawEmoji } from "./fixtures/pictures.ts";
import { drawSign, findsFont } from "./fixtures/signs.ts";

const skipped = !(await findsFont());
const withFont = (name: string) =>
  skipped ? `${name} (needs a font: apt-get install fonts-dejavu-core)` : name;
const folder = temporaryFolder();
let opened: TestEngine;

beforeAll(async () => {
  opened = await openTestEngine({ reads: true });
  writeFileSync(join(folder, "a.jpg"), await drawSign("Harbour Café 42"));
  writeFileSync(join(folder, "b.jpg"), await drawSign("Exit only", "#dec"));
  for (const { name, bytes } of await drawEmoji(6)) writeFileSync(join(folder, name), bytes);
  await opened.engine.addPaths(opened.app, [folder]);
  await read();
});
afterAll(() => opened.engine.close());

async function read(): Promise<void> {
  await settled(opened);
  while ((await opened.engine.countUnread(opened.app)) > 0) await setTimeout(50);
}

async function find(caption: string): Promise<readonly Hit[]> {
  const asked = captionSearch(caption, new Date());
  const { hits } = await opened.engine.search(opened.app, { ...asked, offset: 0, limit: 10 });
  return hits;
}

test.skipIf(skipped)(withFont("captions find pictures by what is written in them"), async () => {
  for (const caption of ["harbour cafe", "a sign that says harbour café", "harbor caffe 42"]) {
    expect((await find(caption))[0]?.input.name, caption).toBe("a.jpg");
  }
  expect((await find("exit"))[0]?.input.name).toBe("b.jpg");
});

test.skipIf(skipped)(withFont("words in quotes must be there, in this order"), async () => {
  const names = async (caption: string) => (await find(caption)).map(({ input }) => input.name);
  expect(await names('"exit only"')).toEqual(["b.jpg"]);
  expect(await names('a picture with "Harbour Cafe"')).toEqual(["a.jpg"]);
  expect(await names('"only exit"')).toEqual([]);
});

test.skipIf(skipped)(withFont("lines are kept with their place"), async () => {
  const [hit] = await find("exit only");
  const reading = (await opened.engine.readings([hit!.input])).get(hit!.input.row);
  expect(reading?.lines.map(({ text }) => text)).toEqual(["Exit only"]);
  expect(reading?.lines[0]?.box.top).toBeGreaterThan(0.2);
});

test.skipIf(skipped)(
  withFont("a changed file is read again, a deleted one is not found"),
  async () => {
    const { engine, app } = opened;
    writeFileSync(join(folder, "b.jpg"), await drawSign("Way out", "#dec"));
    await engine.addPaths(app, [folder]);
    await read();
    expect((await find('"way out"')).map(({ input }) => input.name)).toEqual(["b.jpg"]);
    expect(await find('"exit only"')).toEqual([]);
    const [hit] = await find('"way out"');
    await engine.deleteInputs(app, [hit!.input.id]);
    expect(await find('"way out"')).toEqual([]);
  },
);

test("all can be read again", async () => {
  const { engine, app, errors } = opened;
  await engine.readAgain(app);
  expect(await engine.countUnread(app)).toBeGreaterThan(0);
  await read();
  expect(errors).toEqual([]);
});
