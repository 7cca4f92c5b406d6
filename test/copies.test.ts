// A picture that was re-encoded, resized, cropped or recoloured finds its original first.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestEngine, settled, type TestEngine } from "./fixtures/engine.ts";
import { COPIES, type TestPicture, testPictures } from "./fixtures/pictures.ts";

const COUNT = 1000;
const AT_ONCE = 8;
const pictures = await testPictures(COUNT);
let opened: TestEngine;

beforeAll(async () => {
  opened = await openTestEngine();
  for (let start = 0; start < COUNT; start += 100) {
    const batch = pictures.slice(start, start + 100);
    await opened.engine.addInputs(
      opened.app,
      batch.map(({ name, bytes }) => ({ id: name, name, bytes })),
    );
  }
  await settled(opened);
}, 180_000);
afterAll(() => opened.engine.close());

test("a thousand pictures are indexed", async () => {
  expect(await opened.engine.countInputs(opened.app)).toMatchObject({
    processed: COUNT,
    failed: 0,
  });
});

test.each(Object.keys(COPIES))(
  "97 of 100 %s copies find their original first",
  async (kind) => {
    const copy = COPIES[kind]!;
    const findsOriginal = async ({ name, bytes }: TestPicture) => {
      const rank = { kind: "image", bytes: await copy(bytes), weight: 1 } as const;
      const request = { ranks: [rank], filters: [], offset: 0, limit: 1 };
      return (await opened.engine.search(opened.app, request)).hits[0]?.input.id === name;
    };
    let found = 0;
    for (let start = 0; start < COUNT; start += AT_ONCE) {
      const answers = await Promise.all(pictures.slice(start, start + AT_ONCE).map(findsOriginal));
      found += answers.filter(Boolean).length;
    }
    expect(found / COUNT).toBeGreaterThanOrEqual(0.97);
  },
  180_000,
);
