// The rules of docs/model-folders.md, each on a folder that needs it: names of files, padding, length, letter case,
// pooling, and what is refused. The towers are those of fixtures/model-folders.ts.
import { describe, expect, test } from "vitest";
import { Encoder } from "../src/engine/encode.ts";
import { type Model, readModel } from "../src/engine/model.ts";
import { createTokenizer } from "../src/engine/tokenize.ts";
import {
  CLIP_DIM,
  CLIP_MEAN,
  clipFiles,
  fixedWeight,
  type ModelFiles,
  maskedTextTower,
  siglipFiles,
  visionTower,
  writeModel,
} from "./fixtures/model-folders.ts";
import { encodeOnnx, type OnnxGraph } from "./fixtures/onnx.ts";
import {
  addEmoji,
  expectSearchable,
  largestDifference,
  withEngine,
} from "./fixtures/searchable.ts";
import { gemma, wordPiece, xlmRoberta } from "./fixtures/small-tokenizers.ts";

const VOCABULARY = 522;
const vision = visionTower("image_embeds", CLIP_DIM);
const text = maskedTextTower(VOCABULARY, CLIP_DIM);

/** CLIP's folder with other files; undefined takes one away. */
function folder(changes: Readonly<Record<string, object | Buffer | undefined>>): string {
  const files = Object.entries({ ...clipFiles(), ...changes });
  return writeModel(
    "clip",
    Object.fromEntries(files.filter(([, file]) => file !== undefined)) as ModelFiles,
  );
}

const read = (changes: Readonly<Record<string, object | Buffer | undefined>>) =>
  readModel(folder(changes));

async function embed(model: Model, texts: readonly string[]): Promise<Float32Array> {
  const encoder = await Encoder.open(model, 1);
  try {
    return await encoder.encodeTexts(texts);
  } finally {
    await encoder.close();
  }
}

/** Ids as numbers, without the padding to the context. */
function idsOf({ tokenize }: Model, input: string): readonly number[] {
  return [...createTokenizer({ ...tokenize, padToContext: false })([input]).ids].map(Number);
}

describe("the graphs", () => {
  const bytes = clipFiles()["onnx/vision_model.onnx"] as Buffer;
  const texts = clipFiles()["onnx/text_model.onnx"] as Buffer;
  const none = { "onnx/vision_model.onnx": undefined, "onnx/text_model.onnx": undefined };
  const endOf = ({ visionFile, textFile }: Model) =>
    [visionFile, textFile].map((file) => file.slice(file.lastIndexOf("/") + 1));

  test("are the plain files when there are several", async () => {
    const model = await read({ "onnx/vision_model_fp16.onnx": bytes, "onnx/model.onnx": texts });
    expect(endOf(model)).toEqual(["vision_model.onnx", "text_model.onnx"]);
  });

  test("are the next best when the plain ones are missing, each tower by itself", async () => {
    const model = await read({
      ...none,
      "onnx/vision_model_quantized.onnx": bytes,
      "onnx/vision_model_fp16.onnx": bytes,
      "onnx/text_model_int8.onnx": texts,
      "onnx/text_model_q4.onnx": texts,
    });
    expect(endOf(model)).toEqual(["vision_model_fp16.onnx", "text_model_int8.onnx"]);
  });

  test("can be one for both towers, which gives the vectors of two", async () => {
    const both: OnnxGraph = {
      inputs: [...text.inputs, ...vision.inputs],
      outputs: [vision.outputs[1]!, text.outputs[0]!],
      weights: { ...vision.weights, ...text.weights },
      nodes: [...vision.nodes, ...text.nodes],
    };
    const combined = await read({ ...none, "onnx/model_quantized.onnx": encodeOnnx(both) });
    expect(endOf(combined)).toEqual(["model_quantized.onnx", "model_quantized.onnx"]);
    const inputs = ["a photo of a cat", "dog"];
    expect(await embed(combined, inputs)).toEqual(await embed(await read({}), inputs));
    await withEngine(combined.folder, async (opened) => {
      await addEmoji(opened);
      await expectSearchable(opened);
    });
  });

  test("can want token types (zeros) and positions (from 0), and a length of their own", async () => {
    const shape = ["batch_size", 12];
    const model = await read({
      "onnx/text_model.onnx": encodeOnnx({
        ...text,
        inputs: ["input_ids", "attention_mask", "position_ids", "token_type_ids"].map((name) => ({
          name,
          type: "int64",
          shape,
        })),
        nodes: [
          { op: "Add", inputs: ["input_ids", "position_ids"], outputs: ["placed"] },
          { op: "Add", inputs: ["placed", "token_type_ids"], outputs: ["typed"] },
          { op: "Gather", inputs: ["table", "typed"], outputs: ["rows"] },
          ...text.nodes.slice(1),
        ],
        weights: { ...text.weights, table: fixedWeight([VOCABULARY + 12, CLIP_DIM], 2) },
      }),
    });
    const { values } = fixedWeight([VOCABULARY + 12, CLIP_DIM], 2);
    const row = Array.from({ length: CLIP_DIM }, (_, d) =>
      [520, 513 + 1, 521 + 2].reduce((sum, id) => sum + Number(values[id * CLIP_DIM + d]), 0),
    );
    const length = Math.hypot(...row);
    const expected = row.map((value) => value / length);
    expect(largestDifference(await embed(model, ["cat"]), expected)).toBeLessThan(1e-6);
  });

  test("are refused when they want what nobody gives, by its name", async () => {
    const inputs = [
      ...text.inputs,
      { name: "decoder_input_ids", type: "int64", shape: [1] } as const,
    ];
    const model = await read({ "onnx/text_model.onnx": encodeOnnx({ ...text, inputs }) });
    await expect(embed(model, ["cat"])).rejects.toThrow(
      /Expected one of pixel_values.*for the inputs of .*text_model\.onnx but received decoder_input_ids\. .*docs\/model-folders\.md/,
    );
  });
});

describe("a text tower that ends in a state per token", () => {
  const states: OnnxGraph = {
    ...text,
    outputs: [
      { name: "last_hidden_state", type: "float", shape: ["batch_size", "length", CLIP_DIM] },
    ],
    nodes: [{ op: "Gather", inputs: ["table", "input_ids"], outputs: ["last_hidden_state"] }],
  };
  const files = { "onnx/text_model.onnx": encodeOnnx(states) };
  const pooling = (mode: string) => ({
    "1_Pooling/config.json": { [`pooling_mode_${mode}`]: true },
  });
  const { values: table } = fixedWeight([VOCABULARY, CLIP_DIM], 2);
  const meanOf = (ids: readonly number[]) => {
    const sums = Array.from({ length: CLIP_DIM }, (_, d) =>
      ids.reduce((sum, id) => sum + Number(table[id * CLIP_DIM + d]), 0),
    );
    const length = Math.hypot(...sums);
    return sums.map((sum) => sum / length);
  };

  test("is pooled over the tokens that are no padding", async () => {
    const rows = await embed(await read({ ...files, ...pooling("mean_tokens") }), [
      "cat",
      "cat dog",
    ]);
    const expected = [...meanOf([520, 513, 521]), ...meanOf([520, 513, 515, 521])];
    expect(largestDifference(rows, expected)).toBeLessThan(1e-6);
  });

  test("is pooled to its first token where the folder says so", async () => {
    const rows = await embed(await read({ ...files, ...pooling("cls_token") }), ["cat", "dog"]);
    expect(largestDifference(rows, [...meanOf([520]), ...meanOf([520])])).toBeLessThan(1e-6);
  });

  test("is refused without a rule, and with one that is unknown", async () => {
    await expect(embed(await read(files), ["cat"])).rejects.toThrow(
      /received last_hidden_state\. .*needs 1_Pooling\/config\.json/,
    );
    await expect(read({ ...files, ...pooling("max_tokens") })).rejects.toThrow(
      /1_Pooling\/config\.json .*received pooling_mode_max_tokens/s,
    );
  });

  test("is refused with a dense layer that is not in safetensors", async () => {
    const dense = { in_features: CLIP_DIM, out_features: CLIP_DIM, bias: true };
    await expect(
      read({ ...files, ...pooling("mean_tokens"), "2_Dense/config.json": dense }),
    ).rejects.toThrow(/2_Dense\/model\.safetensors .*ENOENT/);
  });
});

describe("padding", () => {
  const config = clipFiles()["tokenizer_config.json"] as Record<string, unknown>;
  const tokenizer = clipFiles()["tokenizer.json"] as Record<string, unknown>;
  const { pad_token: _, ...unnamed } = config;
  const padOf = async (changes: Parameters<typeof read>[0]) =>
    Number(createTokenizer((await read(changes)).tokenize)(["", "cat"]).ids[2]);

  test.each([
    [
      "tokenizer_config.json, as a string",
      { "tokenizer_config.json": { ...config, pad_token: "!" } },
      0,
    ],
    [
      "tokenizer_config.json, as a record",
      { "tokenizer_config.json": { ...config, pad_token: { content: "cat</w>" } } },
      513,
    ],
    [
      "special_tokens_map.json",
      { "tokenizer_config.json": undefined, "special_tokens_map.json": { pad_token: "dog</w>" } },
      515,
    ],
    [
      "tokenizer.json",
      {
        "tokenizer_config.json": { ...config, pad_token: null },
        "tokenizer.json": { ...tokenizer, padding: { pad_id: 513, pad_token: "cat</w>" } },
      },
      513,
    ],
    [
      "config.json",
      {
        "tokenizer_config.json": unnamed,
        "config.json": { model_type: "clip", text_config: { pad_token_id: 1 } },
      },
      1,
    ],
    [
      "a token called <pad>",
      {
        "tokenizer_config.json": unnamed,
        "tokenizer.json": xlmRoberta(["▁", "▁cat"]),
      },
      1,
    ],
    ["nothing", { "tokenizer_config.json": unnamed }, 0],
  ])("is what %s says", async (_, changes, id) => {
    expect(await padOf(changes)).toBe(id);
  });

  test("goes to the left where tokenizer_config.json says so", async () => {
    const { tokenize } = await read({
      "tokenizer_config.json": { ...config, padding_side: "left" },
    });
    const { ids, mask } = createTokenizer(tokenize)(["", "cat"]);
    expect([...ids]).toEqual([521n, 520n, 521n, 520n, 513n, 521n]);
    expect([...mask]).toEqual([0n, 1n, 1n, 1n, 1n, 1n]);
  });
});

describe("the length of a text", () => {
  const lengthOf = async (config: object, tokenizerConfig?: object) =>
    (await read({ "config.json": config, "tokenizer_config.json": tokenizerConfig })).tokenize
      .contextLength;

  test.each([
    [
      "the least that files say",
      { text_config: { max_position_embeddings: 77 } },
      { model_max_length: 40 },
      40,
    ],
    ["77 for CLIP when no file says it", {}, { model_max_length: 1e30 }, 77],
    ["64 for SigLIP when no file says it", { model_type: "siglip" }, undefined, 64],
    [
      "52 for Chinese-CLIP, whatever its BERT could read",
      { model_type: "chinese_clip", text_config: { max_position_embeddings: 512 } },
      { model_max_length: 512 },
      52,
    ],
    [
      "two less than RoBERTa's positions",
      { text_config: { model_type: "xlm-roberta", max_position_embeddings: 514 } },
      undefined,
      512,
    ],
  ])("is %s", async (_, config, tokenizerConfig, length) => {
    expect(await lengthOf(config, tokenizerConfig)).toBe(length);
  });

  test("keeps what a tokenizer without an end token reads first", async () => {
    const tokenizer = { ...wordPiece(["cat", "dog"]), post_processor: null };
    const model = await read({
      "tokenizer.json": tokenizer,
      "tokenizer_config.json": { model_max_length: 3 },
    });
    expect(idsOf(model, "cat cat dog dog dog cat")).toEqual([4, 4, 5]);
  });
});

describe("Chinese-CLIP's tokenizer", async () => {
  const model = await read({
    "config.json": { model_type: "chinese_clip", logit_scale_init_value: 2.6592 },
    "tokenizer.json": wordPiece(["猫", "𠮷", "cat", "##s", "!", "σας", "σασ", "e"]),
    "tokenizer_config.json": { do_lower_case: true, pad_token: "[PAD]", strip_accents: null },
  });
  test.each([
    ["", [2, 3]],
    ["Cats!", [2, 6, 7, 8, 3]],
    ["猫cat猫", [2, 4, 6, 4, 3]],
    ["𠮷𠮷", [2, 5, 5, 3]], // beyond U+FFFF
    ["ΣΑΣ", [2, 10, 3]], // no final sigma
    ["É\u0000\u200b é", [2, 11, 11, 3]],
    ["🐈 dog", [2, 1, 1, 3]],
    ["cat\u00a0\u3000cat\n", [2, 6, 6, 3]],
  ])("reads %j", (input, ids) => {
    expect(idsOf(model, input)).toEqual(ids);
  });

  test("cuts to 52 ids, [SEP] the last", () => {
    const { ids, length } = createTokenizer(model.tokenize)(["猫".repeat(10_000)]);
    expect(length).toBe(52);
    expect([ids[0], ids[50], ids[51]]).toEqual([2n, 4n, 3n]);
  });
});

describe("SigLIP2's tokenizer", async () => {
  const files = {
    "config.json": { model_type: "siglip", text_config: { vocab_size: 256_000 } },
    "tokenizer.json": gemma(["a", "c", "t", "▁", "at", "cat", "▁cat"], ["a t", "c at", "▁ cat"]),
    "tokenizer_config.json": { model_max_length: 1e30, tokenizer_class: "GemmaTokenizer" },
  };
  const model = await read(files);
  test.each([
    ["", [1]],
    ["CAT Cat", [265, 266, 1]], // no prefix; lower case
    ["cat  at", [265, 263, 263, 264, 1]],
    ["é", [4 + 0xc3, 4 + 0xa9, 1]], // bytes for what it has no piece for
    ["🐈", [4 + 0xf0, 4 + 0x9f, 4 + 0x90, 4 + 0x88, 1]],
    ["\u0000", [4, 1]],
  ])("reads %j", (input, ids) => {
    expect(idsOf(model, input)).toEqual(ids);
  });

  test("pads to 64 ids with 0, as its tokenizer.json has it", () => {
    const { ids, length } = createTokenizer(model.tokenize)(["cat"]);
    expect(length).toBe(64);
    expect([...ids]).toEqual([265n, 1n, ...Array(62).fill(0n)]);
  });

  test("leaves capitals where tokenizer_config.json says so", async () => {
    const config = { ...files["tokenizer_config.json"], do_lower_case: false };
    const cased = await read({ ...files, "tokenizer_config.json": config });
    expect(idsOf(cased, "C")).toEqual([4 + 0x43, 1]);
  });

  test("comes with SigLIP2's scale and bias", () => {
    expect(model).toMatchObject({ logitScale: 112.7, logitBias: -16.8 });
  });
});

describe("XLM-RoBERTa's tokenizer", async () => {
  const pieces = ["▁", "▁cat", "s", "▁猫", "a", "は", "ぱ"];
  const model = await read({
    "config.json": { model_type: "xlm-roberta", max_position_embeddings: 514, pad_token_id: 1 },
    "tokenizer.json": xlmRoberta(pieces),
    "tokenizer_config.json": undefined,
  });
  test.each([
    ["", [0, 2]],
    ["   ", [0, 2]],
    ["cats  cat", [0, 5, 6, 5, 2]],
    ["猫 犬犬", [0, 7, 4, 3, 2]], // unknown letters in a row are one
    ["قطة cat", [0, 4, 3, 5, 2]],
    ["a<pad>a", [0, 4, 8, 1, 4, 8, 2]],
  ])("reads %j", (input, ids) => {
    expect(idsOf(model, input)).toEqual(ids);
  });

  test("pads with 1", () => {
    expect([...createTokenizer(model.tokenize)(["", "cat"]).ids]).toEqual([0n, 2n, 1n, 0n, 5n, 2n]);
  });

  test("replaces by the table that its normalizer carries", async () => {
    const normalizer = { type: "Precompiled", precompiled_charsmap: tableOf("A", "a") };
    const replaced = await read({ "tokenizer.json": xlmRoberta(pieces, normalizer) });
    expect(idsOf(replaced, "AaA")).toEqual([0, 4, 8, 8, 8, 2]);
    expect(idsOf(replaced, "\u200d")).toEqual([0, 4, 3, 2]); // the table alone decides
  });

  test("is refused with a table that is cut off", async () => {
    const normalizer = { type: "Precompiled", precompiled_charsmap: "AAEAAA==" };
    const { tokenize } = await read({ "tokenizer.json": xlmRoberta(pieces, normalizer) });
    expect(() => createTokenizer(tokenize)).toThrow(/tokenizer\.json .*precompiled_charsmap/);
  });
});

/** A double-array trie of one word of one ASCII letter. */
function tableOf(letter: string, replacement: string): string {
  const code = letter.charCodeAt(0);
  const units = new Uint32Array(256);
  units[0] = 1 << 10; // children from 1 on
  units[1 ^ code] = (128 << 10) | 0x100 | code; // a word ends here
  units[1 ^ code ^ 128] = 0x8000_0000; // the replacement begins at 0
  const size = Buffer.alloc(4);
  size.writeUInt32LE(units.byteLength);
  return Buffer.concat([size, Buffer.from(units.buffer), Buffer.from(`${replacement}\0`)]).toString(
    "base64",
  );
}

describe("CLIP's tokenizer", async () => {
  const model = await read({});
  test.each([
    ["ΑΣ", "ας", false],
    ["ΑΣ", "ασ", true],
    ["CAT\u3000 DOG", "cat dog", true],
  ])("reads %j as %j: %j", (one, other, isSame) => {
    expect(JSON.stringify(idsOf(model, one)) === JSON.stringify(idsOf(model, other))).toBe(isSame);
  });

  test("reads control characters, emoji and what is written from the right as bytes", () => {
    expect(idsOf(model, "\u0001")).toEqual([520, 188 + 256 + 1, 521]);
    expect(idsOf(model, "🐈")).toHaveLength(2 + 4);
    expect(idsOf(model, "קם")).toHaveLength(2 + 4);
  });
});

describe("scale and bias of the logits", () => {
  const logits = async (config: object, files: ModelFiles = clipFiles()) => {
    const model = await readModel(writeModel("model", { ...files, "config.json": config }));
    return [Math.round(10 * model.logitScale) / 10, model.logitBias];
  };
  test.each([
    ["stated", { logit_scale: 18.84, logit_bias: -3 }, [18.8, -3]],
    ["stated as a logarithm", { logit_scale: 4.605_17 }, [100, 0]],
    ["CLIP's: where training began says nothing", { logit_scale_init_value: 2.6592 }, [100, 0]],
    ["SigLIP's", { model_type: "siglip" }, [117.3, -12.9]],
  ])("are %s", async (_, config, expected) => {
    expect(await logits(config)).toEqual(expected);
  });
});

describe("preprocessor_config.json", () => {
  const preprocessOf = async (preprocessor: object) =>
    (await read({ "preprocessor_config.json": preprocessor })).preprocess;
  const square = { widthPx: 224, heightPx: 224 };

  test("a plain size squashes where nothing is cropped, as Chinese-CLIP's first files mean it", async () => {
    const written = { feature_extractor_type: "ChineseCLIPFeatureExtractor", size: 224 };
    const { resize } = await preprocessOf({ ...written, do_center_crop: false });
    expect(resize).toEqual({ ...square, fit: "fill" });
    expect((await preprocessOf(written)).resize).toEqual({ ...square, fit: "fill" });
  });

  test("CLIP's processors crop, and have its mean and deviation, where the file is silent", async () => {
    const preprocess = await preprocessOf({ image_processor_type: "CLIPImageProcessorFast" });
    expect(preprocess).toMatchObject({
      ...square,
      resize: { ...square, fit: "cover" },
      mean: CLIP_MEAN,
    });
  });

  test("SigLIP's squash to -1..1 where the file is silent", async () => {
    const preprocess = await preprocessOf({ image_processor_type: "SiglipImageProcessor" });
    expect(preprocess).toMatchObject({ resize: { fit: "fill" }, mean: [0.5, 0.5, 0.5] });
  });

  test("processor_config.json can hold it", async () => {
    const image_processor = clipFiles()["preprocessor_config.json"] as object;
    const model = await read({
      "preprocessor_config.json": undefined,
      "processor_config.json": { image_processor, processor_class: "CLIPProcessor" },
    });
    expect(model.preprocess).toEqual((await read({})).preprocess);
  });

  test("of pictures of any shape (NaFlex) is refused, and says what would do", async () => {
    await expect(preprocessOf({ max_num_patches: 256, patch_size: 16 })).rejects.toThrow(
      /NaFlex.*fixed size/s,
    );
  });

  test("with a size in words that nobody knows is refused by those that are known", async () => {
    await expect(preprocessOf({ size: { longest_edge: 224 } })).rejects.toThrow(
      /shortest_edge, or height and width/,
    );
  });
});

describe("a folder of open_clip, as immich has them", () => {
  const clip = clipFiles();
  const renamed = (graph: OnnxGraph, to: Readonly<Record<string, string>>): OnnxGraph => {
    const rename = (name: string) => to[name] ?? name;
    return {
      ...graph,
      inputs: graph.inputs.map((input) => ({ ...input, name: rename(input.name) })),
      outputs: graph.outputs.map((output) => ({ ...output, name: rename(output.name) })),
      nodes: graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      })),
    };
  };
  const textual = renamed(text, { input_ids: "text", text_embeds: "text_embedding" });
  const { axis: _, ...weights } = text.weights;
  const files: ModelFiles = {
    "config.json": {
      embed_dim: CLIP_DIM,
      vision_cfg: { image_size: 224 },
      text_cfg: { context_length: 12, vocab_size: VOCABULARY },
    },
    "visual/preprocess_cfg.json": {
      size: [224, 224],
      mode: "RGB",
      mean: CLIP_MEAN,
      std: [0.26862954, 0.26130258, 0.27577711],
      interpolation: "bicubic",
      resize_mode: "shortest",
      fill_color: 0,
    },
    "visual/model.onnx": encodeOnnx(
      renamed(vision, { pixel_values: "image", image_embeds: "image_embedding" }),
    ),
    "textual/tokenizer.json": clip["tokenizer.json"]!,
    "textual/tokenizer_config.json": { pad_token: "!" },
    "textual/model.onnx": encodeOnnx({
      ...textual,
      inputs: [{ name: "text", type: "int32", shape: ["batch_size", 12] }],
      weights,
      nodes: [
        { op: "Gather", inputs: ["table", "text"], outputs: ["rows"] },
        {
          op: "ReduceMean",
          inputs: ["rows"],
          outputs: ["text_embedding"],
          attributes: { axes: [1], keepdims: 0 },
        },
      ],
    }),
  };

  test("is preprocessed as CLIP's, and its texts padded to their full length", async () => {
    const model = await readModel(writeModel("ViT-B-32__openai", files));
    expect(model.preprocess).toEqual((await read({})).preprocess);
    const { ids } = createTokenizer(model.tokenize)(["cat"]);
    expect([...ids]).toEqual([520n, 513n, 521n, ...Array(9).fill(0n)]);
  });

  test("opens, indexes and searches", async () => {
    await withEngine(writeModel("ViT-B-32__openai", files), async (opened) => {
      await addEmoji(opened);
      await expectSearchable(opened);
    });
  });

  test("reads texts in lower case and without punctuation where it says canonicalize", async () => {
    const config = {
      ...files["config.json"],
      init_logit_bias: -10,
      text_cfg: { context_length: 12, tokenizer_kwargs: { clean: "canonicalize" } },
    };
    const model = await readModel(writeModel("SigLIP", { ...files, "config.json": config }));
    expect(idsOf(model, "CAT_(dog)!")).toEqual([520, 513, 515, 521]);
    expect(model).toMatchObject({ logitScale: 117.3, logitBias: -12.9 });
  });
});

test("a SigLIP folder without tokenizer_config.json still pads to 64 ids with </s>", async () => {
  const { "tokenizer_config.json": _, ...files } = siglipFiles();
  const tokenizer = { ...files["tokenizer.json"], padding: { pad_id: 1, pad_token: "</s>" } };
  const model = await readModel(writeModel("siglip", { ...files, "tokenizer.json": tokenizer }));
  const { ids } = createTokenizer(model.tokenize)([""]);
  expect([...ids]).toEqual(Array(64).fill(1n));
});
