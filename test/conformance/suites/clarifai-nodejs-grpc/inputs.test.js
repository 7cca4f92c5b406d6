import { beforeAll, describe, expect, test } from "vitest";
import { eventually, sampleBytes, sampleUrl, uniqueId } from "../server.js";
import { createApp, said, struct } from "./client.js";

describe("inputs", () => {
  let app;
  beforeAll(async () => {
    app = await createApp();
  });

  const image = (name) => ({ url: sampleUrl(name), allow_duplicate_url: true });
  const get = async (id) => (await app.call("GetInput", { input_id: id })).input;

  test("posted by URL: kept with all they came with", async () => {
    const id = uniqueId("url");
    const [posted] = await app.add([
      {
        id,
        data: {
          image: image("beer.jpeg"),
          concepts: [{ id: "beer", value: 1 }],
          metadata: struct({ price: 3.5 }),
          geo: { geo_point: { longitude: -30, latitude: 40 } },
        },
      },
    ]);
    expect([30000, 30001]).toContain(posted.status.code);
    const input = await get(id);
    expect(input.status).toMatchObject({ code: 30000, description: "Download complete" });
    expect(input.data.image.url).toBe(sampleUrl("beer.jpeg"));
    expect(input.data.concepts).toMatchObject([{ id: "beer", name: "beer", value: 1 }]);
    expect(input.data.metadata.fields.price.numberValue).toBe(3.5);
    expect(input.data.geo.geo_point).toMatchObject({ longitude: -30, latitude: 40 });
    expect(Number(input.created_at.seconds)).toBeGreaterThan(0);
  });

  test("posted by bytes: have a URL of their own, and an id", async () => {
    const [{ id }] = await app.add([
      { data: { image: { base64: sampleBytes("wedding.jpg"), allow_duplicate_url: true } } },
    ]);
    expect(id).not.toBe("");
    const input = await get(id);
    expect(input.data.image.url).toMatch(/^https?:/);
    expect(input.data.image.image_info).toMatchObject({ format: expect.stringMatching(/jpe?g/i) });
    expect(input.data.image.image_info.width).toBeGreaterThan(0);
  });

  test("two with the same URL: the second is a duplicate unless it may be", async () => {
    const twice = await createApp();
    const url = sampleUrl("travel.jpg");
    await twice.add([{ id: "first", data: { image: { url } } }]);
    const { status, inputs } = await twice.ask("PostInputs", {
      inputs: [{ id: "second", data: { image: { url } } }],
    });
    expect(status.code).not.toBe(10000);
    expect(inputs[0].status.code).toBe(30100);
    await twice.call("PostInputs", {
      inputs: [{ id: "third", data: { image: { url, allow_duplicate_url: true } } }],
    });
  });

  test("an id that is taken", async () => {
    const id = uniqueId("taken");
    await app.add([{ id, data: { image: image("dog2.jpeg") } }]);
    const { status, inputs } = await app.ask("PostInputs", {
      inputs: [{ id, data: { image: image("cookies.jpeg") } }],
    });
    expect(status.code).not.toBe(10000);
    expect(inputs[0].status.code).not.toBe(30000);
    expect(said(inputs[0].status)).toMatch(/\w+/);
  });

  test("a batch with good and bad ones: 10010, each with its own status", async () => {
    const [good, bad] = [uniqueId("good"), uniqueId("bad")];
    await app.add([{ id: bad, data: { image: image("cookies.jpeg") } }]);
    const { status, inputs } = await app.ask("PostInputs", {
      inputs: [good, bad].map((id) => ({ id, data: { image: image("dog2.jpeg") } })),
    });
    expect(status.code).toBe(10010);
    expect([30000, 30001]).toContain(inputs[0].status.code);
    expect([30000, 30001]).not.toContain(inputs[1].status.code);
    expect(await get(good)).toMatchObject({ id: good });
  });

  test("bytes that are no image: failed, with the reason", async () => {
    const id = uniqueId("text");
    await app.ask("PostInputs", {
      inputs: [{ id, data: { image: { base64: Buffer.from("no image") } } }],
    });
    const { status } = await eventually(async () => {
      const input = await get(id);
      return ![30001, 30003].includes(input.status.code) && input;
    }, "an end");
    expect(status.code).toBeGreaterThanOrEqual(30002);
    expect(said(status)).toMatch(/image/i);
  });

  test("a URL that leads nowhere: failed, with the reason", async () => {
    const id = uniqueId("absent");
    await app.add([{ id, data: { image: image("absent.jpeg") } }]);
    const { status } = await get(id);
    expect(status.code).toBeGreaterThanOrEqual(30002);
    expect(said(status)).toContain(sampleUrl("absent.jpeg"));
  });

  test("a job tells how far its batch is", async () => {
    const job = uniqueId("job");
    const { inputs_add_job } = await app.call("PostInputs", {
      inputs_add_job_id: job,
      inputs: ["dog2.jpeg", "beer.jpeg", "absent.jpeg"].map((name) => ({
        data: { image: image(name) },
      })),
    });
    expect(inputs_add_job.id).toBe(job);
    const done = await eventually(async () => {
      const answer = await app.call("GetInputsAddJob", { id: job });
      const { progress } = answer.inputs_add_job;
      expect(progress).toBeTruthy();
      return Number(progress.pending_count) + Number(progress.in_progress_count) === 0 && progress;
    }, "an end of the job");
    expect(Number(done.success_count)).toBe(2);
    expect(Number(done.failed_count)).toBe(1);
    await app.call("CancelInputsAddJob", { id: job });
  });

  test("are counted", async () => {
    const own = await createApp();
    await own.add([{ data: { image: image("beer.jpeg") } }]);
    const { counts } = await own.call("GetInputCount");
    expect(counts).toMatchObject({ processed: 1, to_process: 0, errors: 0, processing: 0 });
  });

  test("are listed in pages, by ids and by status", async () => {
    const own = await createApp();
    const names = ["a", "b", "c"];
    await own.add(names.map((id) => ({ id, data: { image: image("beer.jpeg") } })));
    const page = async (request) =>
      (await own.call("ListInputs", request)).inputs.map(({ id }) => id);
    expect((await page({ page: 1, per_page: 2 })).length).toBe(2);
    expect((await page({ page: 2, per_page: 2 })).length).toBe(1);
    expect(await page({ page: 3, per_page: 2 })).toEqual([]);
    expect(await page({ ids: ["b", "nowhere"] })).toEqual(["b"]);
    expect((await page({ status: { code: 30000 } })).toSorted()).toEqual(names);
    expect(await page({ status: { code: 30002 } })).toEqual([]);
  });

  test("are streamed by id", async () => {
    const own = await createApp();
    await own.add(["x", "y", "z"].map((id) => ({ id, data: { image: image("beer.jpeg") } })));
    const request = { per_page: 2, order_by_id: true };
    const first = (await own.call("StreamInputs", request)).inputs.map(({ id }) => id);
    const rest = await own.call("StreamInputs", { ...request, last_id: first.at(-1) });
    expect([...first, ...rest.inputs.map(({ id }) => id)]).toEqual(["x", "y", "z"]);
  });

  describe("patched", () => {
    let id;
    const concepts = async () => (await get(id)).data.concepts.map((one) => [one.id, one.value]);
    const patch = (action, data) => app.call("PatchInputs", { action, inputs: [{ id, data }] });

    beforeAll(async () => {
      id = uniqueId("patched");
      await app.add([
        {
          id,
          data: {
            image: image("red-truck.png"),
            concepts: [
              { id: "one", value: 1 },
              { id: "two", value: 0 },
            ],
            metadata: struct({ a: 1, deep: { b: 2 } }),
          },
        },
      ]);
    });

    test("by merge: what is new is added, in order", async () => {
      const { inputs } = await patch("merge", { concepts: [{ id: "three", value: 1 }] });
      expect(inputs[0].data.concepts.map((one) => one.id)).toEqual(["one", "two", "three"]);
      expect(await concepts()).toEqual([
        ["one", 1],
        ["two", 0],
        ["three", 1],
      ]);
    });

    test("by merge: metadata of other names stay", async () => {
      await patch("merge", { metadata: struct({ c: 3, deep: { d: 4 } }) });
      const { fields } = (await get(id)).data.metadata;
      expect(Object.keys(fields).toSorted()).toEqual(["a", "c", "deep"]);
      expect(Object.keys(fields.deep.structValue.fields).toSorted()).toEqual(["b", "d"]);
    });

    test("by remove", async () => {
      await patch("remove", { concepts: [{ id: "one" }] });
      expect(await concepts()).toEqual([
        ["two", 0],
        ["three", 1],
      ]);
    });

    test("by overwrite: an id becomes the name", async () => {
      const { inputs } = await patch("overwrite", { concepts: [{ id: "only-one", value: 1 }] });
      expect(inputs[0].data.concepts).toMatchObject([{ id: "only-one", name: "only-one" }]);
      expect(await concepts()).toEqual([["only-one", 1]]);
    });
  });

  describe("deleted", () => {
    test("one: then it does not exist", async () => {
      const id = uniqueId("deleted");
      await app.add([{ id, data: { image: image("beer.jpeg") } }]);
      await app.call("DeleteInput", { input_id: id });
      const { status } = await app.ask("GetInput", { input_id: id });
      expect(status.code).toBe(11101);
    });

    test("several; and none, which deletes nothing", async () => {
      const own = await createApp();
      await own.add(["a", "b", "c"].map((id) => ({ id, data: { image: image("beer.jpeg") } })));
      await own.call("DeleteInputs", { ids: [] });
      expect((await own.call("GetInputCount")).counts.processed).toBe(3);
      await own.call("DeleteInputs", { ids: ["a", "c"] });
      const { inputs } = await own.call("ListInputs");
      expect(inputs.map(({ id }) => id)).toEqual(["b"]);
    });
  });
});
