import { beforeAll, describe, expect, test } from "vitest";
import { ask, createApp, said } from "./client.js";

describe("errors", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
  });

  test("a wrong key: 11008 in the words of the API", async () => {
    const { status } = await ask("ListModels", {}, "some-other-key-of-24-chars");
    expect(status).toMatchObject({
      code: 11008,
      description: "Invalid API key or Invalid API key/application pair",
    });
  });

  test("no key: refused, too", async () => {
    const { status } = await ask("ListInputs", {}, "");
    expect(status.code).not.toBe(10000);
  });

  test.each([
    ["an input", "GetInput", { input_id: "nowhere" }, 11101],
    ["a dataset", "GetDataset", { dataset_id: "nowhere" }, 11101],
    ["a concept", "GetConcept", { concept_id: "nowhere" }, 11101],
    ["a saved search", "GetSearch", { id: "nowhere" }, 11101],
    ["a model", "GetModel", { model_id: "nowhere" }, 21200],
    ["a workflow", "GetWorkflow", { workflow_id: "nowhere" }, 11101],
  ])("%s that is not there", async (_, method, request, code) => {
    const { status } = await app.ask(method, request);
    expect(status.code).toBe(code);
    expect(status.description).not.toBe("");
    expect(status.req_id).not.toBe("");
  });

  test("an app that is not there", async () => {
    const user_app_id = { user_id: "me", app_id: "nowhere" };
    const { status } = await ask("ListInputs", { user_app_id });
    expect(status.code).toBe(11101);
  });

  test("more inputs than one request may have: a readable error", async () => {
    const inputs = Array.from({ length: 129 }, () => ({
      data: { image: { url: "https://samples.clarifai.com/beer.jpeg" } },
    }));
    const { status } = await app.ask("PostInputs", { inputs });
    expect(status.code).not.toBe(10000);
    expect(said(status)).toContain("128");
  });

  test("a method that Semblance does not have: not implemented", async () => {
    const answer = await app.ask("ListRunners", {}).catch((error) => error);
    const code = answer.status?.code ?? answer.code;
    expect([10040, 12]).toContain(code);
  });
});
