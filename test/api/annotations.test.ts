import { expect, test } from "vitest";
import { call, start } from "./start.ts";

test("lists the predicted concepts of inputs as annotations of the model", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  engine.put({ id: "b" });
  const path = "/v2/annotations?input_ids=a&list_all_annotations=true";
  const { json } = await call(`${url}${path}`);
  expect(json.annotations).toHaveLength(1);
  expect(json.annotations[0]).toMatchObject({
    input_id: "a",
    input_level: true,
    worker: { model: { id: "general-image-recognition" } },
  });
  const values = json.annotations[0].data.concepts.map(({ value }: { value: number }) => value);
  expect(values.length).toBeGreaterThan(0);
});

test("people have annotated nothing yet", async () => {
  const { url, engine } = await start();
  engine.put({ id: "a" });
  const { status, json } = await call(`${url}/v2/annotations?input_ids=a`);
  expect(status).toBe(200);
  expect(json.annotations).toEqual([]);
});

test("asks for the inputs to list", async () => {
  const { url } = await start();
  const { status, json } = await call(`${url}/v2/annotations?list_all_annotations=true`);
  expect(status).toBe(400);
  expect(json.status.description).toContain("input_ids");
});
