// A CLIP or SigLIP folder from the Hugging Face hub works by pointing at it: folders with the hub's own
// files around tiny towers, read, run and searched for real.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Encoder } from "../src/engine/encode.ts";
import { readModel } from "../src/engine/model.ts";
import { preprocess } from "../src/engine/preprocess.ts";
import { createTokenizer } from "../src/engine/tokenize.ts";
import { run } from "./fixtures/cli.ts";
import { settled, switched, type TestEngine, temporaryFolder } from "./fixtures/engine.ts";
import {
  CLIP_DIM,
  CLIP_MEAN,
  CLIP_STD,
  clipFiles,
  fixedWeight,
  type ModelFiles,
  SIGLIP_DIM,
  SIGLIP_PIECES,
  siglipFiles,
  visionTower,
  writeModel,
} from "./fixtures/model-folders.ts";
import { encodeOnnx } from "./fixtures/onnx.ts";
import { centreCrop, normalise, type Rgb, resample, shortestEdge } from "./fixtures/pillow.ts";
import {
  addEmoji,
  emoji,
  expectSearchable,
  largestDifference,
  withEngine,
} from "./fixtures/searchable.ts";

const page = { filters: [], offset: 0, limit: 10 };

/** Waves in every direction, steep enough that a crop that is one pixel off shows. */
function waves(widthPx: number, heightPx: number): Rgb {
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const [u, v] = [(x + 0.5) / widthPx, (y + 0.5) / heightPx];
      const wave = (turns: number) => Math.round(128 + 100 * Math.sin(2 * Math.PI * turns));
      rgb.set([wave(6 * u), wave(6 * v), wave(3 * u + 3 * v)], 3 * (y * widthPx + x));
    }
  }
  return { rgb, widthPx, heightPx };
}

/** Levels of 256 that a normalised value may be off. sharp and Pillow round differently: 4. */
const levels = (count: number, std: number) => count / 255 / std;
/** sharp enlarges half a pixel off Pillow, and rounds a side that Pillow truncates: in these waves, 12. */
const HALF_PIXEL = 12;

function lengths(rows: Float32Array, dim: number): readonly number[] {
  return Array.from({ length: rows.length / dim }, (_, n) =>
    Math.hypot(...rows.subarray(n * dim, (n + 1) * dim)),
  );
}

describe("a CLIP folder of the hub", async () => {
  const model = await readModel(writeModel("clip-vit-base-patch32", clipFiles()));
  const tokenize = createTokenizer(model.tokenize);
  // 2 x 256 letters, 8 merges, start, end; "!" is letter 0, letters at a word's end are 256 later.
  const [start, end] = [520n, 521n];
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await Encoder.open(model, 1);
  });
  afterAll(() => encoder.close());

  test("tokenizes by its merges, words ending in </w>, between start and end", () => {
    const [a, photo, o, f, cat, dog] = [320n, 519n, 78n, 325n, 513n, 515n];
    const { ids } = tokenize(["A photo\n of  CAT dog!"]);
    expect([...ids]).toEqual([start, a, photo, o, f, cat, dog, 256n, end]);
    expect([...tokenize([""]).ids]).toEqual([start, end]);
  });

  test("cuts a long text to 77 ids and keeps the end token", () => {
    const { ids, mask, length } = tokenize(["cat ".repeat(200)]);
    expect(length).toBe(77);
    expect(ids[0]).toBe(start);
    expect([...ids.slice(1, 76)]).toEqual(Array(75).fill(513n));
    expect(ids[76]).toBe(end);
    expect([...mask]).toEqual(Array(77).fill(1n));
    expect(tokenize(["cat ".repeat(75)]).length).toBe(77);
    expect(tokenize(["cat ".repeat(74)]).length).toBe(76);
  });

  test("gives each text of a batch the vector it gets alone: padding is masked", async () => {
    const texts = ["cat", "a photo of a dog in a red car", "?", "cat ".repeat(200)];
    const tokens = tokenize(texts);
    expect([...tokens.ids.slice(0, 4)]).toEqual([start, 513n, end, end]); // pad_token is the end token
    expect([...tokens.mask.slice(0, 4)]).toEqual([1n, 1n, 1n, 0n]);
    const batch = await encoder.encodeTexts(texts);
    for (const [i, text] of texts.entries()) {
      const row = batch.subarray(i * CLIP_DIM, (i + 1) * CLIP_DIM);
      expect(largestDifference(row, await encoder.encodeTexts([text]))).toBeLessThan(1e-6);
    }
  });

  test.each([
    { w: 480, h: 320, tolerance: 4 },
    { w: 320, h: 483, tolerance: 4 },
    { w: 300, h: 300, tolerance: 4 },
    { w: 224, h: 224, tolerance: 4 },
    { w: 481, h: 320, tolerance: HALF_PIXEL },
    { w: 512, h: 130, tolerance: HALF_PIXEL },
    { w: 60, h: 96, tolerance: HALF_PIXEL },
  ])(
    "resizes the shortest edge of $w x $h to 224, crops the centre, normalises",
    async ({ w, h, tolerance }) => {
      const picture = waves(w, h);
      const scaled = resample(picture, shortestEdge(picture, 224), "bicubic");
      const expected = normalise(centreCrop(scaled, 224, 224), CLIP_MEAN, CLIP_STD);
      const pixels = await preprocess(picture, model.preprocess);
      expect(largestDifference(pixels, expected)).toBeLessThan(levels(tolerance, 0.26));
    },
  );

  test("embeds pictures and texts in its dimension, at unit length", async () => {
    expect(encoder.dim).toBe(CLIP_DIM);
    const pictures = [waves(480, 320), waves(100, 300)];
    const rows = await Promise.all(pictures.map((each) => preprocess(each, model.preprocess)));
    const images = await encoder.encodePixels(rows);
    const texts = await encoder.encodeTexts(["a cat", "dogs", "!"]);
    for (const length of [...lengths(images, CLIP_DIM), ...lengths(texts, CLIP_DIM)])
      expect(length).toBeCloseTo(1, 5);
    expect(images).toHaveLength(2 * CLIP_DIM);
    expect(texts).toHaveLength(3 * CLIP_DIM);
  });

  test("embeds a picture as its tower, computed by hand, does", async () => {
    const pixels = await preprocess(waves(480, 320), model.preprocess);
    expect(largestDifference(await encoder.encodePixels([pixels]), runTower(pixels))).toBeLessThan(
      1e-4,
    );
  });

  test("opens, indexes and searches", async () => {
    await withEngine(model.folder, async (opened) => {
      await addEmoji(opened);
      expect(opened.engine.model).toEqual({
        name: "clip-vit-base-patch32",
        dim: CLIP_DIM,
        device: "cpu",
      });
      await expectSearchable(opened);
    });
  });
});

// [3, 224, 224] -> means of 4 x 4 tiles -> times the projection -> unit length
function runTower(pixels: Float32Array): Float32Array {
  const tiles = new Float64Array(48);
  pixels.forEach((value, i) => {
    const [c, y, x] = [Math.floor(i / 224 ** 2), Math.floor(i / 224) % 224, i % 224];
    tiles[c * 16 + Math.floor(y / 56) * 4 + Math.floor(x / 56)]! += value / 56 ** 2;
  });
  const { values } = fixedWeight([48, CLIP_DIM], 1);
  const row = Array.from({ length: CLIP_DIM }, (_, d) =>
    tiles.reduce((sum, tile, t) => sum + tile * Number(values[t * CLIP_DIM + d]), 0),
  );
  const length = Math.hypot(...row);
  return Float32Array.from(row, (value) => value / length);
}

describe("a SigLIP folder of the hub", async () => {
  const model = await readModel(writeModel("siglip-base-patch16-224", siglipFiles()));
  const tokenize = createTokenizer(model.tokenize);
  const id = (piece: string) => BigInt(3 + SIGLIP_PIECES.indexOf(piece));
  const end = 1n;
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await Encoder.open(model, 1);
  });
  afterAll(() => encoder.close());

  test("pads every text to its 64 ids, with the end token as it was trained", () => {
    const { ids, length } = tokenize(["A photo of cats!", "dog"]);
    expect(length).toBe(64);
    const words = [id("▁a"), id("▁photo"), id("▁of"), id("▁cat"), id("s")];
    expect([...ids.slice(0, 64)]).toEqual([...words, ...Array(59).fill(end)]);
    expect([...ids.slice(64)]).toEqual([id("▁dog"), ...Array(63).fill(end)]);
  });

  test("cuts a long text to 64 ids and keeps the end token", () => {
    const { ids, length } = tokenize(["dog ".repeat(100)]);
    expect(length).toBe(64);
    expect([...ids]).toEqual([...Array(63).fill(id("▁dog")), end]);
  });

  test("reads what it has no piece for as unknown", () => {
    expect([...tokenize(["犬"]).ids.slice(0, 3)]).toEqual([id("▁"), 2n, end]);
  });

  test("pads to 64 ids too when no file says how long a text is", async () => {
    const { "tokenizer_config.json": tokenizerConfig, ...files } = siglipFiles();
    const noLimit = { ...tokenizerConfig, model_max_length: 1e30 };
    const folder = writeModel("siglip", { ...files, "tokenizer_config.json": noLimit });
    expect((await readModel(folder)).tokenize.contextLength).toBe(64);
  });

  test.each([
    { w: 480, h: 320, tolerance: 4 },
    { w: 231, h: 512, tolerance: 4 },
    { w: 130, h: 512, tolerance: HALF_PIXEL },
    { w: 96, h: 60, tolerance: HALF_PIXEL },
  ])("squashes $w x $h to 224 x 224 and normalises to -1..1", async ({ w, h, tolerance }) => {
    const picture = waves(w, h);
    const half = [0.5, 0.5, 0.5] as const;
    const size = { widthPx: 224, heightPx: 224 };
    const expected = normalise(resample(picture, size, "bicubic"), half, half);
    const pixels = await preprocess(picture, model.preprocess);
    expect(largestDifference(pixels, expected)).toBeLessThan(levels(tolerance, 0.5));
  });

  test("embeds pictures and texts in the dimension of its pooled output, at unit length", async () => {
    expect(encoder.dim).toBe(SIGLIP_DIM);
    const images = await encoder.encodePixels([
      await preprocess(waves(480, 320), model.preprocess),
    ]);
    const texts = await encoder.encodeTexts(["a cat", "a photo of dogs"]);
    for (const length of [...lengths(images, SIGLIP_DIM), ...lengths(texts, SIGLIP_DIM)])
      expect(length).toBeCloseTo(1, 5);
  });

  test("opens, indexes and searches", async () => {
    await withEngine(model.folder, async (opened) => {
      await addEmoji(opened);
      await expectSearchable(opened);
    });
  });
});

describe("other preprocessor_config.json of the hub", () => {
  const read = async (changes: object) => {
    const { "preprocessor_config.json": original, ...files } = clipFiles();
    const changed = { ...files, "preprocessor_config.json": { ...original, ...changes } };
    return (await readModel(writeModel("clip", changed))).preprocess;
  };

  test("sizes that are plain numbers mean the shortest edge and a square, as in older files", async () => {
    expect(await read({ size: 224, crop_size: 224 })).toEqual(await read({}));
  });

  test("a resize larger than the crop cuts its centre out", async () => {
    const config = await read({ size: { shortest_edge: 256 } });
    const picture = waves(480, 320);
    const scaled = resample(picture, shortestEdge(picture, 256), "bicubic");
    const expected = normalise(centreCrop(scaled, 224, 224), CLIP_MEAN, CLIP_STD);
    expect(largestDifference(await preprocess(picture, config), expected)).toBeLessThan(
      levels(4, 0.26),
    );
  });

  test("a resize larger than the crop is done for a picture of the crop's size too", async () => {
    const config = await read({ size: { shortest_edge: 256 } });
    const picture = waves(224, 224);
    const scaled = resample(picture, { widthPx: 256, heightPx: 256 }, "bicubic");
    const expected = normalise(centreCrop(scaled, 224, 224), CLIP_MEAN, CLIP_STD);
    expect(largestDifference(await preprocess(picture, config), expected)).toBeLessThan(
      levels(HALF_PIXEL, 0.26),
    );
  });

  test("a bilinear filter is used when the file asks for it", async () => {
    const config = await read({ resample: 2 });
    const picture = waves(480, 320);
    const scaled = resample(picture, shortestEdge(picture, 224), "bilinear");
    const expected = normalise(centreCrop(scaled, 224, 224), CLIP_MEAN, CLIP_STD);
    expect(largestDifference(await preprocess(picture, config), expected)).toBeLessThan(
      levels(4, 0.26),
    );
  });

  test("nulls, which fast processors write for what they leave out, mean the default", async () => {
    const squash = { size: { height: 224, width: 224 }, crop_size: undefined };
    const nulls = { do_center_crop: null, crop_size: null, do_convert_rgb: null, device: null };
    expect(await read({ ...squash, ...nulls })).toEqual(
      await read({ ...squash, do_center_crop: undefined }),
    );
  });
});

describe("another model on the same data folder", () => {
  const data = temporaryFolder();
  const photos = join(data, "photos");
  const clip = writeModel("clip", clipFiles());
  const siglip = writeModel("siglip", siglipFiles());
  const on = (model: string, use: (opened: TestEngine) => Promise<void>) =>
    withEngine(model, use, data);
  beforeAll(async () => {
    mkdirSync(photos);
    for (const { name, bytes } of emoji) writeFileSync(join(photos, name), bytes);
    await on(clip, async (first) => {
      await first.engine.addPaths(first.app, [photos]);
      await settled(first);
      await expectSearchable(first);
    });
  });

  test("answers with the first one until the second has seen all", async () => {
    const vector = new Float32Array(CLIP_DIM).fill(1);
    await on(siglip, async ({ engine, app }) => {
      expect(engine.model.name).toBe("clip");
      const ranks = [{ kind: "vector", vector, weight: 1 }] as const;
      const { total } = await engine.search(app, { ...page, ranks });
      expect(total).toBe(emoji.length);
    });
  });

  test("refuses vectors of the first one's dimension then", async () => {
    const vector = new Float32Array(CLIP_DIM).fill(1);
    await on(siglip, async (second) => {
      await switched(second);
      const ranks = [{ kind: "vector", vector, weight: 1 }] as const;
      await expect(second.engine.search(second.app, { ...page, ranks })).rejects.toThrow(
        `Expected ${SIGLIP_DIM}`,
      );
    });
  });

  test("finds every picture once, in its own space", async () => {
    await on(siglip, async (second) => {
      expect(second.engine.model.name).toBe("siglip");
      await expectSearchable(second);
    });
  });

  test("finds every picture once when the first one is back", async () => {
    await on(clip, async (again) => {
      await switched(again);
      expect(again.engine.model.name).toBe("clip");
      await expectSearchable(again);
    });
  });

  test("a picture that changed meanwhile is found as it is now when the first one is back", async () => {
    const { rgb, widthPx: width, heightPx: height } = waves(300, 200);
    const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    await on(siglip, async (second) => {
      await switched(second);
      writeFileSync(join(photos, emoji[1]!.name), bytes);
      await second.engine.addPaths(second.app, [photos]);
      await settled(second);
    });
    await on(clip, async (again) => {
      await switched(again);
      const ranks = [{ kind: "image", bytes, weight: 1 }] as const;
      const { hits } = await again.engine.search(again.app, { ...page, ranks });
      expect(hits[0]!.input.name).toBe(emoji[1]!.name);
      expect(hits[0]!.score).toBeCloseTo(1, 3);
    });
  });

  test("a model that is gone leaves the answers to the one that is asked for", async () => {
    const moved = writeModel("moved", clipFiles());
    const folder = temporaryFolder();
    await withEngine(moved, addEmoji, folder);
    rmSync(moved, { recursive: true });
    await withEngine(
      siglip,
      async (opened) => {
        expect(opened.errors.map(({ message }) => message)).toEqual([
          expect.stringContaining("Expected the model moved that made the vectors"),
        ]);
        opened.errors.length = 0;
        await switched(opened);
        expect(opened.engine.model.name).toBe("siglip");
        await expectSearchable(opened);
      },
      folder,
    );
  });
});

describe("a model folder that cannot work is refused, by the name of the file", () => {
  const open = async (files: ModelFiles) => {
    const encoder = await Encoder.open(await readModel(writeModel("broken", files)), 1);
    await encoder.close();
  };
  const refused = async (files: ModelFiles, message: RegExp) =>
    expect(open(files)).rejects.toMatchObject({
      code: "model_unavailable",
      message: expect.stringMatching(message),
    });

  test.each(["config.json", "preprocessor_config.json", "tokenizer.json"])(
    "without %s",
    async (name) => {
      const { [name]: _, ...files } = clipFiles();
      await refused(files, new RegExp(`broken/${name} .*ENOENT.*SEMBLANCE_MODEL`));
    },
  );

  test.each([
    ["onnx/vision_model.onnx", "text_model.onnx"],
    ["onnx/text_model.onnx", "vision_model.onnx"],
  ])("without %s, by what is there and what would do", async (name, rest) => {
    const { [name]: _, ...files } = clipFiles();
    await refused(
      files,
      new RegExp(`broken/${name} .*only ${rest} in onnx/.*_fp16.*SEMBLANCE_MODEL`),
    );
  });

  test.each(["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"])(
    "with a %s that is cut off",
    async (name) => {
      const cut = Buffer.from('{"model_type": "clip", ');
      await refused({ ...clipFiles(), [name]: cut }, new RegExp(`broken/${name} .*JSON`));
    },
  );

  test("with a size that is none", async () => {
    const preprocessor = { size: { shortest_edge: "large" } };
    const files = { ...clipFiles(), "preprocessor_config.json": preprocessor };
    await refused(files, /broken\/preprocessor_config\.json .*size/s);
  });

  test("with a tokenizer of an unknown kind", async () => {
    const { "tokenizer.json": tokenizer, ...files } = clipFiles();
    const unknown = { ...tokenizer, model: { type: "Telepathy", vocab: {} } };
    await refused({ ...files, "tokenizer.json": unknown }, /broken\/tokenizer\.json/);
  });

  const tower = encodeOnnx(visionTower("image_embeds", CLIP_DIM));
  const nameless = encodeOnnx(visionTower("features", CLIP_DIM));
  // Through the command line: a process that aborts would take the other tests along.
  test.each([
    [
      "text that a git clone without LFS leaves",
      Buffer.from("version https://git-lfs.github.com/"),
    ],
    ["no bytes", Buffer.alloc(0)],
    ["the first half of a model", tower.subarray(0, tower.length / 2)],
    ["outputs of other names, which it lists", nameless],
  ])("with a tower of %s", async (_, bytes) => {
    for (const file of ["onnx/vision_model.onnx", "onnx/text_model.onnx"]) {
      const model = writeModel("broken", { ...clipFiles(), [file]: bytes });
      const { code, stdout, stderr } = await run(["status", "--model", model]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain(join(model, file));
      expect(stderr).not.toMatch(/^\s+at /m); // no stack
      if (bytes === nameless)
        expect(stderr).toMatch(/(image|text)_embeds.*last_hidden_state, features/);
    }
  });

  test("with an image tower of another dimension than the text tower's", async () => {
    const unprojected = encodeOnnx(visionTower("pooler_output", 48)); // a CLIPVisionModel's export
    const files = { ...clipFiles(), "onnx/vision_model.onnx": unprojected };
    await refused(files, /vision_model\.onnx.*48/);
  });
});
