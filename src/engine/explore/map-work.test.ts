import { expect, test } from "vitest";
import { randomVectors } from "../../../bench/vectors.ts";
import { nameClusters } from "./cluster-names.ts";
import { clusterCount, kMeans } from "./k-means.ts";
import { layOut } from "./layout.ts";
import { Placement } from "./placement.ts";
import type { Work } from "./slices.ts";

const DIM = 16;
const GROUPS = 4;

function run<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Unit vectors close to one of four directions, in turn. */
function grouped(count: number, seed = 1): Float32Array {
  const noise = randomVectors(count, DIM, seed);
  const vectors = noise.map((value, i) => {
    const [row, d] = [Math.floor(i / DIM), i % DIM];
    return (d === row % GROUPS ? 1 : 0) + 0.2 * value;
  });
  for (let start = 0; start < vectors.length; start += DIM) {
    const length = Math.hypot(...vectors.subarray(start, start + DIM));
    for (let d = 0; d < DIM; d++) vectors[start + d]! /= length;
  }
  return vectors;
}

function distance(places: Float32Array, a: number, b: number): number {
  return Math.hypot(places[2 * a]! - places[2 * b]!, places[2 * a + 1]! - places[2 * b + 1]!);
}

test("k-means finds groups that are there, the same ones every time", () => {
  const vectors = grouped(80);
  const { clusters } = run(kMeans(vectors, DIM, GROUPS));
  const names = [...clusters.subarray(0, GROUPS)];
  expect(new Set(names).size).toBe(GROUPS);
  clusters.forEach((cluster, i) => {
    expect(cluster).toBe(names[i % GROUPS]);
  });
  expect(run(kMeans(vectors, DIM, GROUPS)).clusters).toEqual(clusters);
});

test("there are some clusters for few inputs and not too many for very many", () => {
  expect([2, 10, 50, 867, 1_000_000].map(clusterCount)).toEqual([1, 4, 5, 21, 40]);
});

test("the map puts what is alike side by side, the same way every time", () => {
  const vectors = grouped(80);
  const places = run(layOut(vectors, DIM));
  const [near, far] = [[], []] as [number[], number[]];
  for (let a = 0; a < 80; a++) {
    for (let b = 0; b < a; b++) {
      (a % GROUPS === b % GROUPS ? near : far).push(distance(places, a, b));
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(near) * 2).toBeLessThan(mean(far));
  expect(run(layOut(vectors, DIM))).toEqual(places);
});

test("the map takes as few as four inputs, and copies of one picture", () => {
  expect(run(layOut(grouped(4), DIM))).toHaveLength(8);
  const one = grouped(1);
  const same = new Float32Array(12 * DIM).map((_, i) => one[i % DIM]!);
  expect(run(layOut(same, DIM)).every(Number.isFinite)).toBe(true);
});

test("what the map was not made from lies among what it is like", () => {
  const vectors = grouped(80);
  const { centres, clusters } = run(kMeans(vectors, DIM, GROUPS));
  const places = run(layOut(vectors, DIM));
  const placement = new Placement({ vectors, dim: DIM, places, centres, clusters });
  const placed = placement.place(grouped(8, 2));
  placed.clusters.forEach((cluster, i) => {
    expect(cluster).toBe(clusters[i % GROUPS]);
    const all = Float32Array.from([...places, placed.places[2 * i]!, placed.places[2 * i + 1]!]);
    const distances = Array.from({ length: 80 }, (_, other) => distance(all, 80, other));
    const nearest = distances.indexOf(Math.min(...distances));
    expect(nearest % GROUPS).toBe(i % GROUPS);
  });
});

test("a cluster is named by what sets it apart, and no two by the same", () => {
  const prediction = (name: string, value: number) =>
    ({ id: name, name, source: "vocabulary", value }) as const;
  const outdoor = prediction("outdoors", 0.9);
  const clusters = [
    [
      [outdoor, prediction("dog", 0.7)],
      [outdoor, prediction("dog", 0.6)],
    ],
    [
      [outdoor, prediction("cat", 0.5)],
      [outdoor, prediction("dog", 0.4)],
    ],
    [[outdoor]],
    [],
  ];
  expect(nameClusters(clusters)).toEqual(["dog", "cat", "outdoors", ""]);
});
