import { afterAll, beforeAll, expect, test } from "vitest";
import { Evidence, evidenceOf } from "./evidence.ts";
import { ExactIndex } from "./nearest.ts";
import { ScanPool } from "./scan-pool.ts";

const CALIBRATION = { slope: 10, threshold: 0.5 };
const AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
].map((axis) => Float32Array.from(axis));
let pool: ScanPool;
let index: ExactIndex;

beforeAll(async () => {
  pool = await ScanPool.open(1);
  const read = (rows: readonly number[]) =>
    Float32Array.from(rows.flatMap((row) => [...AXES[(row - 1) % 3]!]));
  index = new ExactIndex({ pool, dim: 3, readVectors: read });
  index.add([1, 2, 3], read([1, 2, 3]));
});
afterAll(() => pool.close());

test("is the log odds of the picture that answers best, where somebody has described one", () => {
  const near = [{ cosine: 0.6 }, { cosine: 0.5, described: 0.45 }, { cosine: 0.4, described: 0.3 }];
  expect(evidenceOf(near, CALIBRATION)).toBeCloseTo(1, 9);
  expect(evidenceOf([{ cosine: 0.6 }], CALIBRATION)).toBeUndefined();
});

test("is usual as it is for half of the concepts, and asked for again when the app has grown", async () => {
  let asked = 0;
  const concepts = () => {
    asked++;
    return AXES;
  };
  // Row 1 is described well by its concepts, the others are not.
  const evidence = new Evidence(
    CALIBRATION,
    (rows) => rows.map((row) => (row === 1 ? 1 : 0.2)),
    concepts,
  );
  // Along x: max(10 * (1 - 1), 10 * (0 - 0.2)) = 0; along y and z: 10 * (1 - 0.2).
  expect(await evidence.usual(index)).toBeCloseTo(8, 5);
  expect(await evidence.usual(index)).toBeCloseTo(8, 5);
  expect(asked).toBe(1);
  index.add([4], AXES[0]!);
  await evidence.usual(index);
  expect(asked).toBe(2);
});

test("is unknown until there are concepts", async () => {
  let concepts: readonly Float32Array[] | undefined;
  const evidence = new Evidence(
    CALIBRATION,
    (rows) => rows.map(() => 0),
    () => concepts,
  );
  expect(await evidence.usual(index)).toBeUndefined();
  concepts = AXES;
  expect(await evidence.usual(index)).toBeCloseTo(10, 5);
});
