// Which graphs a model folder can have (docs/model-folders.md): names, precisions, inputs, outputs, pooling. The towers
// are those of fixtures/model-folders.ts.
import { describe, expect, test } from "vitest";
import { type Model, readModel } from "../src/engine/model.ts";
import { createTokenizer } from "../src/engine/tokenize.ts";
import { embed, idsOf, readChanged, text, VOCABULARY, vision } from "./fixtures/changed-folder.ts";
import {
  CLIP_DIM,
  CLIP_MEAN,
  clipFiles,
  fixedWeight,
  type ModelFiles,
  writeModel,
} from "./fixtures/model-folders.ts";
import { encodeOnnx, type OnnxGraph } from "./fixtures/onnx.ts";
import {
  addEmoji,
  expectSearchable,
  largestDifference,
  withEngine,
} from "./fixtures/searchable.ts";

describe("the graphs", () => {
  const bytes = clipFiles()["onnx/vision_model.onnx"] as Buffer;
  const texts = clipFiles()["onnx/text_model.onnx"] as Buffer;
  const none = { "onnx/vision_model.onnx": undefined, "onnx/text_model.onnx": undefined };
  const endOf = ({ visionFile, textFile }: Model) =>
    [visionFile, textFile].map((file) => file.slice(file.lastIndexOf("/") + 1));

  test("are the plain files when there are several", async () => {
    const model = await readChanged({
      "onnx/vision_model_fp16.onnx": bytes,
      "onnx/model.onnx": texts,
    });
    expect(endOf(model)).toEqual(["vision_model.onnx", "text_model.onnx"]);
  });

  test("are the next best when the plain ones are missing, each tower by itself", async () => {
    const model = await readChanged({
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
    const combined = await readChanged({ ...none, "onnx/model_quantized.onnx": encodeOnnx(both) });
    expect(endOf(combined)).toEqual(["model_quantized.onnx", "model_quantized.onnx"]);
    const inputs = ["a photo of a cat", "dog"];
    expect(await embed(combined, inputs)).toEqual(await embed(await readChanged({}), inputs));
    await withEngine(combined.folder, async (opened) => {
      await addEmoji(opened);
      await expectSearchable(opened);
    });
  });

  test("can want token types (zeros) and positions (from 0), and a length of their own", async () => {
    const shape = ["batch_size", 12];
    const model = await readChanged({
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
    const model = await readChanged({ "onnx/text_model.onnx": encodeOnnx({ ...text, inputs }) });
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
    const rows = await embed(await readChanged({ ...files, ...pooling("mean_tokens") }), [
      "cat",
      "cat dog",
    ]);
    const expected = [...meanOf([520, 513, 521]), ...meanOf([520, 513, 515, 521])];
    expect(largestDifference(rows, expected)).toBeLessThan(1e-6);
  });

  test("is pooled to its first token where the folder says so", async () => {
    const rows = await embed(await readChanged({ ...files, ...pooling("cls_token") }), [
      "cat",
      "dog",
    ]);
    expect(largestDifference(rows, [...meanOf([520]), ...meanOf([520])])).toBeLessThan(1e-6);
  });

  test("is refused without a rule, and with one that is unknown", async () => {
    await expect(embed(await readChanged(files), ["cat"])).rejects.toThrow(
      /received last_hidden_state\. .*needs 1_Pooling\/config\.json/,
    );
    await expect(readChanged({ ...files, ...pooling("max_tokens") })).rejects.toThrow(
      /1_Pooling\/config\.json .*received pooling_mode_max_tokens/s,
    );
  });

  test("is refused with a dense layer that is not in safetensors", async () => {
    const dense = { in_features: CLIP_DIM, out_features: CLIP_DIM, bias: true };
    await expect(
      readChanged({ ...files, ...pooling("mean_tokens"), "2_Dense/config.json": dense }),
    ).rejects.toThrow(/2_Dense\/model\.safetensors .*ENOENT/);
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
    expect(model.preprocess).toEqual((await readChanged({})).preprocess);
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
