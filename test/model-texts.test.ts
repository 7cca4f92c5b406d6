// How texts become ids (docs/model-folders.md): padding, length, letter case, and what each kind of tokenizer reads.
import { describe, expect, test } from "vitest";
import { readModel } from "../src/engine/model.ts";
import { createTokenizer } from "../src/engine/tokenize.ts";
import { type Changes, idsOf, readChanged } from "./fixtures/changed-folder.ts";
import { clipFiles, siglipFiles, writeModel } from "./fixtures/model-folders.ts";
import { gemma, wordPiece, xlmRoberta } from "./fixtures/small-tokenizers.ts";

describe("padding", () => {
  const config = clipFiles()["tokenizer_config.json"] as Record<string, unknown>;
  const tokenizer = clipFiles()["tokenizer.json"] as Record<string, unknown>;
  const { pad_token: _, ...unnamed } = config;
  const padOf = async (changes: Changes) =>
    Number(createTokenizer((await readChanged(changes)).tokenize)(["", "cat"]).ids[2]);

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
    const { tokenize } = await readChanged({
      "tokenizer_config.json": { ...config, padding_side: "left" },
    });
    const { ids, mask } = createTokenizer(tokenize)(["", "cat"]);
    expect([...ids]).toEqual([521n, 520n, 521n, 520n, 513n, 521n]);
    expect([...mask]).toEqual([0n, 1n, 1n, 1n, 1n, 1n]);
  });
});

describe("the length of a text", () => {
  const lengthOf = async (config: object, tokenizerConfig?: object) =>
    (await readChanged({ "config.json": config, "tokenizer_config.json": tokenizerConfig }))
      .tokenize.contextLength;

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

  test("is no more than sentence-transformers' own", async () => {
    const { tokenize } = await readChanged({ "sentence_bert_config.json": { max_seq_length: 32 } });
    expect(tokenize.contextLength).toBe(32);
  });

  test("keeps what a tokenizer without an end token reads first", async () => {
    const tokenizer = { ...wordPiece(["cat", "dog"]), post_processor: null };
    const model = await readChanged({
      "tokenizer.json": tokenizer,
      "tokenizer_config.json": { model_max_length: 3 },
    });
    expect(idsOf(model, "cat cat dog dog dog cat")).toEqual([4, 4, 5]);
  });
});

describe("Chinese-CLIP's tokenizer", async () => {
  const model = await readChanged({
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
  const model = await readChanged(files);
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
    const cased = await readChanged({ ...files, "tokenizer_config.json": config });
    expect(idsOf(cased, "C")).toEqual([4 + 0x43, 1]);
  });

  test("comes with SigLIP2's scale and bias", () => {
    expect(model).toMatchObject({ logitScale: 112.7, logitBias: -16.8 });
  });
});

describe("XLM-RoBERTa's tokenizer", async () => {
  const pieces = ["▁", "▁cat", "s", "▁猫", "a", "は", "ぱ"];
  const model = await readChanged({
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
    const replaced = await readChanged({ "tokenizer.json": xlmRoberta(pieces, normalizer) });
    expect(idsOf(replaced, "AaA")).toEqual([0, 4, 8, 8, 8, 2]);
    expect(idsOf(replaced, "\u200d")).toEqual([0, 4, 3, 2]); // the table alone decides
  });

  test("is refused with a table that is cut off", async () => {
    const normalizer = { type: "Precompiled", precompiled_charsmap: "AAEAAA==" };
    const { tokenize } = await readChanged({ "tokenizer.json": xlmRoberta(pieces, normalizer) });
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
  const model = await readChanged({});
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

test("a SigLIP folder without tokenizer_config.json still pads to 64 ids with </s>", async () => {
  const { "tokenizer_config.json": _, ...files } = siglipFiles();
  const tokenizer = { ...files["tokenizer.json"], padding: { pad_id: 1, pad_token: "</s>" } };
  const model = await readModel(writeModel("siglip", { ...files, "tokenizer.json": tokenizer }));
  const { ids } = createTokenizer(model.tokenize)([""]);
  expect([...ids]).toEqual(Array(64).fill(1n));
});
