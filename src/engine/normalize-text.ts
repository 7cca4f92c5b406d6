// Steps of tokenizer.json's normalizer that @huggingface/tokenizers 0.2.0 does otherwise than the tokenizers that
// models were trained with (github.com/huggingface/tokenizers): replaced in place, nothing else is.
import { precompiled } from "./precompiled.ts";

type Step = (text: string) => string;

/** What the package makes of a step; it can be a sequence of others. */
type Normalizer = {
  readonly config: StepConfig;
  readonly normalizers?: readonly (Normalizer | null)[];
  normalize: Step;
};

/** A step of tokenizer.json, as far as it is replaced here. */
type StepConfig =
  | { readonly type: "Lowercase" }
  | { readonly type: "Strip"; readonly strip_left?: boolean; readonly strip_right?: boolean }
  | { readonly type: "Precompiled"; readonly precompiled_charsmap?: string | null }
  | ({ readonly type: "BertNormalizer" } & BertConfig);

/** Puts the right steps into a normalizer. */
export function correctNormalizer(normalizer: Normalizer | null): void {
  normalizer?.normalizers?.forEach(correctNormalizer);
  const step = normalizer && correctStep(normalizer.config);
  if (step) normalizer.normalize = step;
}

function correctStep(config: StepConfig): Step | undefined {
  switch (config.type) {
    case "Lowercase":
      return lowerCase;
    case "Strip":
      return (text) => strip(text, config.strip_left ?? false, config.strip_right ?? false);
    case "BertNormalizer":
      return (text) => bert(text, config);
    case "Precompiled":
      return config.precompiled_charsmap ? precompiled(config.precompiled_charsmap) : undefined;
    default:
      return undefined;
  }
}

// Letter by letter: toLowerCase() of a whole text makes another sigma of one that ends a word.
function lowerCase(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase()).join("");
}

// trim() spares U+0085, and takes U+FEFF, which is no white space in Unicode.
function strip(text: string, left: boolean, right: boolean): string {
  const start = left ? text.replace(/^\p{White_Space}+/u, "") : text;
  return right ? start.replace(/\p{White_Space}+$/u, "") : start;
}

type BertConfig = {
  readonly clean_text?: boolean;
  readonly handle_chinese_chars?: boolean;
  readonly strip_accents?: boolean | null;
  readonly lowercase?: boolean;
};

// The package misses the Chinese characters beyond U+FFFF.
const CHINESE =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

function bert(text: string, config: BertConfig): string {
  let result = text;
  if (config.clean_text)
    result = result
      .replace(/[\0\ufffd]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
      .replace(/\p{White_Space}/gu, " ");
  if (config.handle_chinese_chars) result = result.replace(CHINESE, " $& ");
  if (config.strip_accents ?? config.lowercase)
    result = result.normalize("NFD").replace(/\p{Mn}/gu, "");
  return config.lowercase ? lowerCase(result) : result;
}
