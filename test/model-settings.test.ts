// What config.json and preprocessor_config.json can say (docs/model-folders.md), and what counts where they are silent.
import { describe, expect, test } from "vitest";
import { readModel } from "../src/engine/model.ts";
import { readChanged } from "./fixtures/changed-folder.ts";
import { CLIP_MEAN, clipFiles, type ModelFiles, writeModel } from "./fixtures/model-folders.ts";

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
    (await readChanged({ "preprocessor_config.json": preprocessor })).preprocess;
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
    const model = await readChanged({
      "preprocessor_config.json": undefined,
      "processor_config.json": { image_processor, processor_class: "CLIPProcessor" },
    });
    expect(model.preprocess).toEqual((await readChanged({})).preprocess);
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
