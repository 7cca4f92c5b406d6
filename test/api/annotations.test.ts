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
