import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/engine/sqlite.ts";
import { settled } from "../fixtures/engine.ts";
import { testPictures } from "../fixtures/pictures.ts";
import { call, startReal } from "./start.ts";

test("tells everything about one input, with the datasets it is in", async () => {
  const server = await startReal();
  const { engine, app, url } = server;
  try {
    const [picture] = await testPictures(1);
    for (const id of ["b", "a", "c"]) await engine.datasets.create(app, { id });
    const added = { id: "one 1", name: "<b>.jpg", bytes: picture!.bytes, datasets: ["a", "b"] };
    await engine.addInputs(app, [added]);
    await settled(server);
    const { json } = await call(`${url}/semblance/inputs/${encodeURIComponent("one 1")}`);
    expect(json.status, JSON.stringify(json)).toMatchObject({ code: 10000 });
    expect(json.input).toMatchObject({
      id: "one 1",
      status: { code: 30000 },
      semblance: { size_bytes: picture!.bytes.length, blur: expect.stringMatching(/^[\w+/=]+$/) },
    });
    expect(json.input.semblance.datasets.toSorted()).toEqual(["a", "b"]);
    expect(json.input.semblance.reading).toBeUndefined(); // nobody has looked
    const line = { text: "EXIT", confidence: 0.9, corners: [[0.1, 0.2]], box: {} };
    const database = openDatabase(join(server.data, "semblance.db"));
    database
      .prepare(
        "INSERT INTO readings (input, text, lines, language, version) VALUES (?, ?, ?, ?, 1)",
      )
      .run((await engine.input(app, "one 1"))!.row, "EXIT", JSON.stringify([line]), "en");
    database.close();
    const read = await call(`${url}/semblance/inputs/${encodeURIComponent("one 1")}`);
    expect(read.json.input.semblance.reading).toEqual({
      lines: [{ text: "EXIT", confidence: 0.9, corners: [{ x: 0.1, y: 0.2 }] }],
      language: "en",
    });
    expect((await call(`${url}/semblance/reading`, "POST")).status).toBe(200);
    const missing = await call(`${url}/semblance/inputs/nowhere`);
    expect(missing.status).toBe(404);
    expect(missing.json.status.details).toContain("nowhere");
  } finally {
    await server.close();
  }
});
