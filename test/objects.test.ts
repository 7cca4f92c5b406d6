// Detectors of both families, through their worker: graphs of our own that find coloured rectangles.
import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Detector } from "../src/engine/objects/detector.ts";
import { encodeOnnx, type OnnxGraph } from "./fixtures/onnx.ts";
import {
  drawRectangles,
  type Rectangle,
  tinyDetectorFiles,
  tinyDetr,
  tinyYolox,
  writeTinyDetector,
} from "./fixtures/tiny-detector.ts";

const RED: Rectangle = { colour: "red", left: 16, top: 32, width: 48, height: 64 };
const BLUE: Rectangle = { colour: "blue", left: 80, top: 8, width: 40, height: 24 };
const picture = drawRectangles(128, 128, [RED, BLUE]);

const boxIn = ({ left, top, width, height }: Rectangle, widthPx = 128, heightPx = 128) => ({
  left: expect.closeTo(left / widthPx, 5),
  top: expect.closeTo(top / heightPx, 5),
  right: expect.closeTo((left + width) / widthPx, 5),
  bottom: expect.closeTo((top + height) / heightPx, 5),
});

describe.each(["d_fine", "detr", "yolox"] as const)("%s", (family) => {
  let detector: Detector;
  beforeAll(async () => {
    detector = await Detector.open(writeTinyDetector(family), { threads: 1 });
  });
  afterAll(() => detector.close());

  test("finds each rectangle once, by its name and its place", async () => {
    const found = await detector.detect(picture);
    const byName = [...found].sort((a, b) => a.label.localeCompare(b.label));
    expect(byName).toEqual([
      { label: "blue", box: boxIn(BLUE), confidence: expect.any(Number) },
      { label: "red", box: boxIn(RED), confidence: expect.any(Number) },
    ]);
    for (const { confidence } of found) expect(confidence).toBeGreaterThan(0.95);
  });

  test("finds nothing in a grey picture", async () => {
    expect(await detector.detect(drawRectangles(100, 50, []))).toEqual([]);
  });

  test("places boxes in pictures that are wider or higher than the input", async () => {
    const wide: Rectangle = { colour: "green", left: 64, top: 32, width: 128, height: 64 };
    const [found] = await detector.detect(drawRectangles(256, 128, [wide]));
    expect(found).toMatchObject({ label: "green", box: boxIn(wide, 256, 128) });
    const high: Rectangle = { colour: "green", left: 32, top: 64, width: 64, height: 128 };
    const [other] = await detector.detect(drawRectangles(128, 256, [high]));
    expect(other).toMatchObject({ label: "green", box: boxIn(high, 128, 256) });
  });

  test("gives the highest confidence first, and no less than the threshold", async () => {
    const found = await detector.detect(picture, { threshold: 0.001 });
    const values = found.map(({ confidence }) => confidence);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(await detector.detect(picture, { threshold: 1 })).toEqual(
      found.filter(({ confidence }) => confidence === 1),
    );
  });

  test.each([0, -1, 1.1, Number.NaN])("refuses %d as threshold", async (threshold) => {
    await expect(detector.detect(picture, { threshold })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

const rename = (graph: OnnxGraph, changes: Partial<OnnxGraph>) => ({
  "onnx/model.onnx": encodeOnnx({ ...graph, ...changes }),
});

test("a graph in halves finds the same", async () => {
  const graph = tinyDetr();
  const cast = (from: string, to: string, type: number) =>
    ({ op: "Cast", inputs: [from], outputs: [to], attributes: { to: type } }) as const;
  const renamed = (name: string) => (["logits", "pred_boxes"].includes(name) ? `${name}32` : name);
  const halves = {
    ...graph,
    inputs: graph.inputs.map((input) => ({ ...input, type: "float16" as const })),
    outputs: graph.outputs.map((output) => ({ ...output, type: "float16" as const })),
    nodes: [
      cast("pixel_values", "pixels32", 1),
      ...graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map((name) => (name === "pixel_values" ? "pixels32" : name)),
        outputs: node.outputs.map(renamed),
      })),
      cast("logits32", "logits", 10),
      cast("pred_boxes32", "pred_boxes", 10),
    ],
  };
  const files = { "onnx/model.onnx": undefined, "onnx/model_fp16.onnx": encodeOnnx(halves) };
  const detector = await Detector.open(writeTinyDetector("d_fine", files), { threads: 1 });
  expect(detector.model.file).toMatch(/model_fp16\.onnx$/);
  const found = await detector.detect(picture);
  expect(found.map(({ label }) => label).sort()).toEqual(["blue", "red"]);
  await detector.close();
});

test("a picture may keep its shape, by its edges", async () => {
  const preprocessor = { do_normalize: false, size: { shortest_edge: 64, longest_edge: 1333 } };
  const folder = writeTinyDetector("detr", { "preprocessor_config.json": preprocessor });
  const detector = await Detector.open(folder, { threads: 1 });
  const found = await detector.detect(picture);
  expect(found.find(({ label }) => label === "red")?.box).toEqual(boxIn(RED));
  await detector.close();
});

test("classes without a name are not reported", async () => {
  const config = { model_type: "d_fine", id2label: { 0: "N/A", 2: "blue" } };
  const folder = writeTinyDetector("d_fine", { "config.json": config });
  const detector = await Detector.open(folder, { threads: 1 });
  expect((await detector.detect(picture)).map(({ label }) => label)).toEqual(["blue"]);
  await detector.close();
});

describe("a folder that is not as it should be is refused by file and field", () => {
  const config = tinyDetectorFiles("yolox")["config.json"] as object;
  const size = (width: number, height: number) => ({ size: { width, height } });
  test.each([
    ["no config", "d_fine", { "config.json": undefined }, /config\.json.*docs\/models\.md/],
    ["another task", "d_fine", { "config.json": { ...config, model_type: "clip" } }, /model_type/],
    [
      "a name of objects' own",
      "d_fine",
      { "config.json": { ...config, model_type: "toString" } },
      /model_type/,
    ],
    ["no labels", "d_fine", { "config.json": { ...config, id2label: {} } }, /id2label/],
    [
      "labels without a number",
      "d_fine",
      { "config.json": { ...config, id2label: { a: "b" } } },
      /id2label/,
    ],
    [
      "a million labels",
      "d_fine",
      { "config.json": { ...config, id2label: { 999999: "b" } } },
      /id2label/,
    ],
    [
      "a label too long",
      "d_fine",
      { "config.json": { ...config, id2label: { 0: "b".repeat(257) } } },
      /id2label/,
    ],
    ["no preprocessor", "d_fine", { "preprocessor_config.json": undefined }, /preprocessor_config/],
    ["a huge input", "d_fine", { "preprocessor_config.json": size(4096, 64) }, /size/],
    ["no grid", "yolox", { "preprocessor_config.json": size(72, 64) }, /32 divides\s+→ at size/],
    ["padding", "d_fine", { "preprocessor_config.json": { pad_size: { width: 9 } } }, /pad_size/],
    ["no graph", "d_fine", { "onnx/model.onnx": undefined }, /onnx.model\.onnx.*no such file/],
    ["an empty graph", "d_fine", { "onnx/model.onnx": Buffer.alloc(0) }, /model\.onnx.*0 bytes/],
  ] as const)("%s", async (_, family, changes, message) => {
    const opened = Detector.open(writeTinyDetector(family, changes), { threads: 1 });
    await expect(opened).rejects.toMatchObject({ code: "model_unavailable" });
    await expect(opened).rejects.toThrow(message);
  });
});

describe("a graph that is not as it should be is refused by file, input or output", () => {
  const [detr, yolox] = [tinyDetr(), tinyYolox()];
  const nan = { shape: [1], values: new Float32Array([Number.NaN]) };
  const withNaN = {
    weights: { ...detr.weights, nan },
    nodes: [
      ...detr.nodes.slice(0, -1),
      { op: "Add", inputs: ["lifted", "nan"], outputs: ["logits"] },
    ],
  };
  const mask = tinyDetr(true).inputs[1]!;
  const fourLabels = {
    ...(tinyDetectorFiles("d_fine")["config.json"] as object),
    id2label: { 0: "a", 1: "b", 2: "c", 3: "d" },
  };
  test.each([
    ["no ONNX file", "d_fine", { "onnx/model.onnx": Buffer.from("not a graph") }, /loadable ONNX/],
    [
      "another input",
      "d_fine",
      { "onnx/model.onnx": encodeOnnx(yolox) },
      /inputs of .*received images/,
    ],
    ["no picture", "d_fine", rename(tinyDetr(true), { inputs: [mask] }), /loadable|inputs/],
    [
      "no boxes",
      "d_fine",
      rename(detr, { outputs: [detr.outputs[0]!] }),
      /pred_boxes for the outputs/,
    ],
    [
      "another size",
      "yolox",
      { "preprocessor_config.json": { size: 96 } },
      /shape 1, 3, 96, 96 for images/,
    ],
    [
      "a label too many",
      "d_fine",
      { "config.json": fourLabels },
      /shape 1, 6, 4 for logits .*1, 6, 3/,
    ],
    [
      "a label too many",
      "yolox",
      { "config.json": { ...fourLabels, model_type: "yolox" } },
      /shape 1, 84, 9 for output/,
    ],
    [
      "the wrong scores",
      "d_fine",
      rename(tinyDetr(true), { inputs: detr.inputs }),
      /shape 1, 6, 3 for logits/,
    ],
    ["numbers that are none", "d_fine", rename(detr, withNaN), /finite numbers for logits .*NaN/],
  ] as const)("%s (%s)", async (_, family, changes, message) => {
    const detector = await Detector.open(writeTinyDetector(family, changes), { threads: 1 });
    const found = detector.detect(picture);
    await expect(found).rejects.toMatchObject({ code: "model_unavailable" });
    await expect(found).rejects.toThrow(message);
    await expect(found).rejects.toThrow(/model\.onnx/);
    await detector.close();
  });

  test("that wants more memory than there is, and only that picture fails", async () => {
    const { nodes, weights } = tinyDetr();
    const huge = {
      weights: {
        ...weights,
        times: { shape: [4], values: new BigInt64Array([1n, 1n, 1000n, 1000000n]) },
      },
      outputs: [
        ...detr.outputs,
        { name: "tiles", type: "float", shape: [1, 3, "a", "b"] } as const,
      ],
      nodes: [
        ...nodes.slice(0, -1),
        { op: "Tile", inputs: ["mask", "times"], outputs: ["tiles"] },
        { op: "ReduceMin", inputs: ["tiles"], outputs: ["least"], attributes: { keepdims: 0 } },
        { op: "Add", inputs: ["lifted", "least"], outputs: ["logits"] },
      ],
    };
    const detector = await Detector.open(writeTinyDetector("d_fine", rename(detr, huge)), {
      threads: 1,
    });
    for (let round = 0; round < 2; round++)
      await expect(detector.detect(picture)).rejects.toMatchObject({
        code: "model_unavailable",
        message: expect.stringMatching(/Expected a result for a picture of .*model\.onnx/),
      });
    await detector.close();
  });

  test("cut off, after it was opened", async () => {
    const folder = writeTinyDetector("d_fine");
    const detector = await Detector.open(folder, { threads: 1 });
    truncateSync(join(folder, "onnx/model.onnx"), 300);
    await expect(detector.load()).rejects.toMatchObject({ code: "model_unavailable" });
    await detector.close();
  });
});

describe("the worker", () => {
  test.runIf(process.platform === "linux")(
    "is loaded by the first picture, and again after a rest",
    async () => {
      const countThreads = () => readdirSync("/proc/self/task").length;
      const detector = await Detector.open(writeTinyDetector("d_fine"), {
        threads: 1,
        idleMs: 100,
      });
      const before = countThreads();
      const found = await detector.detect(picture);
      const loaded = countThreads();
      expect(loaded).toBeGreaterThan(before);
      while (countThreads() >= loaded) await setTimeout(20);
      expect(await detector.detect(picture)).toEqual(found);
      await detector.close();
    },
  );

  test("is never unloaded under a picture", async () => {
    const detector = await Detector.open(writeTinyDetector("d_fine"), { threads: 1, idleMs: 1 });
    const expected = await detector.detect(picture);
    for (let waitMs = 0; waitMs < 6; waitMs++) {
      await setTimeout(waitMs / 2);
      const both = await Promise.all([detector.detect(picture), detector.detect(picture)]);
      expect(both).toEqual([expected, expected]);
    }
    await detector.close();
  });

  test("is closed after the picture under way; later ones are cancelled", async () => {
    const detector = await Detector.open(writeTinyDetector("d_fine"), { threads: 1 });
    const load = detector.load();
    await Promise.all([load, detector.close(), detector.close()]);
    await expect(detector.detect(picture)).rejects.toMatchObject({ code: "cancelled" });
  });

  test("that takes too long fails its picture, goes on, and answers again", async () => {
    const folder = writeTinyDetector("d_fine", rename(tinyDetr(), slowWhereRed()));
    const detector = await Detector.open(folder, { threads: 1, timeoutMs: 700 });
    const whole: Rectangle = { colour: "red", left: 0, top: 0, width: 64, height: 64 };
    const blue = drawRectangles(64, 64, [{ ...BLUE, left: 8, top: 8 }]);
    await eventually(() => detector.detect(blue)); // the load may take longer, too
    const slow = detector.detect(drawRectangles(64, 64, [whole]));
    await expect(slow).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("within 700 ms"),
    });
    expect(await eventually(() => detector.detect(blue))).toMatchObject([{ label: "blue" }]);
    await detector.close();
  });

  test("is not ended while it computes, even by a close", async () => {
    const folder = writeTinyDetector("d_fine", rename(tinyDetr(), slowWhereRed()));
    const detector = await Detector.open(folder, { threads: 1, timeoutMs: 700, idleMs: 1 });
    const whole: Rectangle = { colour: "red", left: 0, top: 0, width: 64, height: 64 };
    const slow = detector.detect(drawRectangles(64, 64, [whole]));
    await expect(slow).rejects.toMatchObject({ code: "internal" });
    await detector.close();
  });
});

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: "internal" });
    }
  }
}

// A table of all pairs of red pixels, multiplied by itself: seconds for a red picture, nothing where there is no red.
function slowWhereRed(): Partial<OnnxGraph> {
  const { nodes, weights } = tinyDetr();
  const times = (input: string, output: string) =>
    ({ op: "MatMul", inputs: [input, input], outputs: [output] }) as const;
  return {
    weights: { ...weights, red: { shape: [], values: new BigInt64Array([0n]) } },
    nodes: [
      ...nodes.slice(0, -1),
      { op: "Gather", inputs: ["mask", "red"], outputs: ["redMask"], attributes: { axis: 1 } },
      { op: "NonZero", inputs: ["redMask"], outputs: ["places"] }, // [3, n]
      { op: "Cast", inputs: ["places"], outputs: ["across"], attributes: { to: 1 } },
      { op: "Transpose", inputs: ["across"], outputs: ["down"] },
      { op: "MatMul", inputs: ["down", "across"], outputs: ["pairs"] }, // [n, n]
      times("pairs", "pairs2"),
      { op: "ReduceSum", inputs: ["pairs2"], outputs: ["sum"], attributes: { keepdims: 0 } },
      { op: "Mul", inputs: ["sum", "zero"], outputs: ["nothing"] },
      { op: "Add", inputs: ["lifted", "nothing"], outputs: ["lifted2"] },
      { op: "Add", inputs: ["lifted2", "none"], outputs: ["logits"] },
    ],
  };
}
