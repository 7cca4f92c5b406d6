import { readdirSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ZipFile } from "yazl";
import { AppError } from "../../src/errors.ts";
import { LIMITS } from "../../src/limits.ts";
import { call, type StartedReal, start, startReal } from "./start.ts";

const files = (data: string) => readdirSync(join(data, "uploads"));

async function upload(url: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) {
  const response = await fetch(url, { method: "POST", body, headers });
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever shape the answer should have
  return { status: response.status, json: (await response.json()) as any };
}

test("takes raw bytes of any content type", async () => {
  const { url, data, engine } = await start();
  for (const type of ["image/jpeg", "application/json", "text/plain", "application/zip"]) {
    const name = `${type}/${type.length}.jpg`;
    const target = `${url}/uploads?name=${encodeURIComponent(name)}`;
    const { status, json } = await upload(target, `bytes of ${type}`, { "content-type": type });
    expect(status).toBe(200);
    expect(json.inputs).toEqual([
      { id: expect.any(String), name, status: { code: 30001, description: "Download pending" } },
    ]);
    expect(engine.bytes.get(json.inputs[0].id)?.bytes.toString()).toBe(`bytes of ${type}`);
  }
  expect(files(data)).toEqual([]);
});

test("never lets the name choose a path", async () => {
  const { url, data } = await start();
  const name = "../../../etc/pass\0wd\r\nx";
  const { json } = await upload(`${url}/uploads?name=${encodeURIComponent(name)}`, "x");
  expect(json.inputs[0].name).toBe(name);
  expect(readdirSync(data)).toEqual(["uploads"]);
});

test("tells per file why it was not taken", async () => {
  const { url } = await start();
  const { status, json } = await upload(`${url}/uploads?name=a.txt`, "BAD");
  expect(status).toBe(200);
  expect(json.inputs[0]).toMatchObject({ id: "", name: "a.txt", status: { code: 30300 } });
});

test("refuses an empty upload", async () => {
  const { url, data } = await start();
  const { status, json } = await upload(`${url}/uploads`, "");
  expect(status).toBe(400);
  expect(json.status.code).toBe(11102);
  expect(files(data)).toEqual([]);
});

test("removes the file of an upload that breaks off", async () => {
  const { data, port, engine } = await start();
  const addUpload = vi.spyOn(engine, "addUpload");
  const headers = { "content-length": 1e6 };
  const request = httpRequest({ port, path: "/uploads", method: "POST", headers });
  request.on("error", () => {}).write(Buffer.alloc(1000));
  await vi.waitFor(() => expect(files(data)).toHaveLength(1));
  request.destroy();
  await vi.waitFor(() => expect(files(data)).toEqual([]));
  expect(addUpload).not.toHaveBeenCalled();
});

test("removes the file of an upload that the engine could not take", async () => {
  const { url, data, engine } = await start();
  engine.addUpload = async () => {
    throw new AppError("disk_full", "Expected free space.");
  };
  const { status, json } = await upload(`${url}/uploads`, "x");
  expect(status).toBe(507);
  expect(json.status.code).toBe(99009);
  expect(files(data)).toEqual([]);
});

test("tells the engine when the uploader is gone", async () => {
  const { port, engine } = await start();
  let signal: AbortSignal | undefined;
  engine.addUpload = (_app, _file, _name, given) => {
    signal = given;
    return new Promise(() => {});
  };
  const request = httpRequest({ port, path: "/uploads", method: "POST" });
  request.on("error", () => {}).end("x");
  await vi.waitFor(() => expect(signal).toBeDefined());
  expect(signal?.aborted).toBe(false);
  request.destroy();
  await vi.waitFor(() => expect(signal?.aborted).toBe(true));
});

test("waits for an upload of the limit and refuses one byte more at once", async () => {
  const { port, data } = await start();
  const answer = (bytes: number) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", reject).on("data", (chunk) => resolve(chunk.toString()));
      socket.write(
        `POST /uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${bytes}\r\n\r\nx`,
      );
      setTimeout(() => {
        resolve("waits");
        socket.destroy();
      }, 300);
    });
  expect(await answer(LIMITS.uploadBytes)).toBe("waits");
  const refused = await answer(LIMITS.uploadBytes + 1);
  expect(refused).toContain("HTTP/1.1 413");
  expect(refused.toLowerCase()).toContain("connection: close");
  await vi.waitFor(() => expect(files(data)).toEqual([]));
});

test("removes at its start what broke off before", async () => {
  const { data, url } = await start();
  await upload(`${url}/uploads`, "x");
  expect(files(data)).toEqual([]);
});

describe("the settings of an upload", () => {
  let real: StartedReal;
  beforeAll(async () => {
    real = await startReal();
    await real.engine.datasets.create(real.app, { id: "summer", details: {} });
  });
  afterAll(() => real.close());

  const query = new URLSearchParams([
    ["labels", "beach"],
    ["labels", "Old town"],
    ["datasets", "summer"],
    ["metadata", JSON.stringify({ trip: { year: 2019 } })],
  ]).toString();

  async function settingsOf(name: string) {
    const { json } = await call(`${real.url}/v2/inputs?page=1&per_page=100`);
    const found = json.inputs.find((input: { data: { image: { url: string } } }) =>
      input.data.image.url.endsWith(`?name=${name}`),
    );
    const datasets = await call(`${real.url}/v2/datasets/summer/inputs?page=1&per_page=100`);
    return {
      labels: found.data.concepts.map((concept: { name: string }) => concept.name),
      metadata: found.data.metadata,
      isInDataset: datasets.json.dataset_inputs.some(
        ({ input }: { input: { id: string } }) => input.id === found.id,
      ),
    };
  }
  const given = {
    labels: ["beach", "Old town"],
    metadata: { trip: { year: 2019 } },
    isInDataset: true,
  };

  test("are given to an image", async () => {
    const bytes = await picture("red");
    const { json } = await upload(`${real.url}/uploads?name=red.png&${query}`, bytes);
    expect(json.inputs[0].status.code).toBe(30001);
    expect(await settingsOf("red.png")).toEqual(given);
  });

  test("are given to every image of an archive", async () => {
    const archive = new ZipFile();
    for (const name of ["green", "blue"]) {
      archive.addBuffer(Buffer.from(await picture(name)), `${name}.png`);
    }
    archive.end();
    const bytes = new Uint8Array(await buffer(archive.outputStream));
    const { json } = await upload(`${real.url}/uploads?name=a.zip&${query}`, bytes);
    expect(json.inputs).toHaveLength(2);
    expect(await settingsOf("green.png")).toEqual(given);
    expect(await settingsOf("blue.png")).toEqual(given);
  });

  test("must be well formed", async () => {
    const refusals = {
      "metadata=[1]": "expected a JSON object",
      "metadata={": "expected a JSON object",
      [`metadata="${"x".repeat(LIMITS.uploadMetadataLength)}"`]: "4096",
      [`labels=${"x".repeat(LIMITS.idLength + 1)}`]: "256",
      [Array.from({ length: LIMITS.uploadLabels + 1 }, () => "labels=a").join("&")]: "64",
    };
    for (const [bad, why] of Object.entries(refusals)) {
      const { status, json } = await upload(`${real.url}/uploads?name=a.png&${bad}`, "x");
      expect(status).toBe(400);
      expect(json.status.description).toContain(why);
    }
  });

  test("must name a dataset that exists", async () => {
    const bytes = await picture("yellow");
    const { json } = await upload(`${real.url}/uploads?name=a.png&datasets=winter`, bytes);
    expect(json.inputs[0]).toMatchObject({ id: "", status: { code: 11101 } });
    expect(json.inputs[0].status.description).toContain("winter");
  });
});

function picture(background: string): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp({ create: { width: 32, height: 24, channels: 3, background } });
  return image
    .png()
    .toBuffer()
    .then((bytes) => new Uint8Array(bytes));
}
